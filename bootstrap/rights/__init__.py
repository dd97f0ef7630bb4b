"""What deploying, previewing and operating a stage need of each AWS service."""
