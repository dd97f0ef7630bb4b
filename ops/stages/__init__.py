"""The stages that a repository deploys: which there are, whether their files fit, and how one is added."""
