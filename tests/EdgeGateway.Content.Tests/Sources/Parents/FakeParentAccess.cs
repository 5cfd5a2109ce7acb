using EdgeGateway.Content.Sources;

namespace EdgeGateway.Content.Tests.Sources.Parents;

/// <summary>A way to a parent without TLS, with tokens that count up.</summary>
internal sealed class FakeParentAccess(Uri parent) : IParentAccess, IDisposable
{
    private readonly HttpMessageInvoker _channel = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public IReadOnlyList<Uri> Addresses { get; } = [parent];

    /// <summary>Counts the calls of Renew.</summary>
    public int Renewals { get; private set; }

    public ValueTask<HttpMessageInvoker> GetChannelAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_channel);

    public ValueTask<string?> GetAuthorizationAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<string?>($"SharedAccessSignature sr=h%2Fdevices%2Fd&sig=x%3D&se={Renewals}");

    public void Renew() => Renewals++;

    public void Dispose() => _channel.Dispose();
}
