namespace EdgeGateway.Module.Serving.Certificates;

/// <summary>There is no certificate for the endpoint now; worth another try later.</summary>
internal sealed class CertificateException(string message, Exception? inner = null) : Exception(message, inner);
