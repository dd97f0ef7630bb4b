"""Lambda's context, as far as functions and the libraries of both designs look at it."""


class Context:
    function_name = "function"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-west-1:000000000000:function:function"
    aws_request_id = "8e5f5b0c-5d0d-4f3f-9d3a-0a6f6f0f7b11"

    def get_remaining_time_in_millis(self) -> int:
        return 28_000
