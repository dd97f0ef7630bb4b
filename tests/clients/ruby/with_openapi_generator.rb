# Pays with the Ruby client that OpenAPI Generator makes.

require "json"
require "securerandom"
require "openapi_client"

client = OpenapiClient::ApiClient.new(OpenapiClient::Configuration.new do |settings|
  settings.host = ENV["BASE_URL"].delete_prefix("http://")
  settings.scheme = "http"
  settings.server_index = nil
  settings.access_token = ENV["ACCESS_TOKEN"]
end)
payments, refunds = OpenapiClient::PaymentsApi.new(client), OpenapiClient::RefundsApi.new(client)
request = OpenapiClient::PaymentRequest.new(
  amount: 4999,
  currency: "USD",
  capture_method: "manual",
  payment_method: OpenapiClient::ByEncryptedCard.new(encrypted_card: ENV["ENCRYPTED_CARD"]),
)
made = payments.create_payment(SecureRandom.uuid, request)
read = payments.get_payment(made.id)
captured = payments.capture_payment(
  made.id, SecureRandom.uuid, capture_request: OpenapiClient::CaptureRequest.new
)
refund = refunds.create_refund(
  made.id, SecureRandom.uuid, refund_request: OpenapiClient::RefundRequest.new(amount: 1500)
)
begin
  refunds.create_refund(made.id, SecureRandom.uuid, refund_request: OpenapiClient::RefundRequest.new(amount: 4000))
rescue OpenapiClient::ApiError => error
  problem = JSON.parse(error.response_body)["code"]
end
puts JSON.generate(
  id: made.id,
  made: made.status,
  read: read.status,
  created_at: read.created_at.iso8601(3),
  captured: captured.amount_captured,
  refund: refund.status,
  problem: problem,
)
