import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.PaymentsApi;
import org.openapitools.client.api.RefundsApi;
import org.openapitools.client.model.ByEncryptedCard;
import org.openapitools.client.model.CaptureRequest;
import org.openapitools.client.model.Payment;
import org.openapitools.client.model.PaymentRequest;
import org.openapitools.client.model.PaymentRequestPaymentMethod;
import org.openapitools.client.model.Problem;
import org.openapitools.client.model.Refund;
import org.openapitools.client.model.RefundRequest;

/** Pays with the Java client that OpenAPI Generator makes. */
public class Pay {
  public static void main(String[] arguments) throws Exception {
    String token = System.getenv("ACCESS_TOKEN");
    ApiClient client = new ApiClient();
    client.updateBaseUri(System.getenv("BASE_URL"));
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    PaymentsApi payments = new PaymentsApi(client);
    RefundsApi refunds = new RefundsApi(client);

    ByEncryptedCard card = new ByEncryptedCard().encryptedCard(System.getenv("ENCRYPTED_CARD"));
    PaymentRequest request =
        new PaymentRequest()
            .amount(4999L)
            .currency("USD")
            .captureMethod(PaymentRequest.CaptureMethodEnum.MANUAL)
            .paymentMethod(new PaymentRequestPaymentMethod(card));
    Payment made = payments.createPayment(key(), request, null);
    Payment read = payments.getPayment(made.getId());
    Payment captured = payments.capturePayment(made.getId(), key(), new CaptureRequest());
    Refund refund = refunds.createRefund(made.getId(), key(), null, new RefundRequest().amount(1500L));

    Map<String, Object> seen = new TreeMap<>();
    seen.put("id", made.getId());
    seen.put("made", made.getStatus().getValue());
    seen.put("read", read.getStatus().getValue());
    seen.put("created_at", read.getCreatedAt().toString());
    seen.put("captured", captured.getAmountCaptured());
    seen.put("refund", refund.getStatus().getValue());
    seen.put("problem", problem(client.getObjectMapper(), refunds, made));
    System.out.println(client.getObjectMapper().writeValueAsString(seen));
  }

  private static String problem(ObjectMapper mapper, RefundsApi refunds, Payment payment) throws Exception {
    try {
      refunds.createRefund(payment.getId(), key(), null, new RefundRequest().amount(4000L));
      return null;
    } catch (ApiException refused) {
      return mapper.readValue(refused.getResponseBody(), Problem.class).getCode();
    }
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }
}
