using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Content;
using EdgeGateway.Content.Sources;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Parents;

/// <summary>The way to the parents, by the settings and by what the IoT Edge device knows.</summary>
/// <remarks>
/// Thread-safe. The channel is renewed every few minutes and after a refusal, because authorities and certificates are renewed; downloads on
/// an older channel go on.
/// </remarks>
internal sealed class ParentAccess : IParentAccess, IDisposable
{
    /// <summary>Life of a channel.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IOptionsMonitor<ParentOptions> _options;
    private readonly IModuleIdentitySource _module;
    private readonly ITrustSource _trust;
    private readonly ParentToken _token;
    private readonly ParentCertificate _certificate;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _making = new(1, 1);
    private (HttpMessageInvoker Channel, DateTimeOffset Until)? _channel;
    private volatile bool _renew;

    public ParentAccess(
        IReadOnlyList<Uri> addresses,
        IOptionsMonitor<ParentOptions> options,
        IModuleIdentitySource module,
        ITrustSource trust,
        ITokenProvider tokens,
        IOptionsMonitor<HubOptions> hub,
        TimeProvider time)
    {
        Addresses = addresses;
        (_options, _module, _trust, _time) = (options, module, trust, time);
        _token = new ParentToken(module, tokens, () => hub.CurrentValue.TokenLifetime, time);
        _certificate = new ParentCertificate(module, time);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <inheritdoc/>
    public async ValueTask<HttpMessageInvoker> GetChannelAsync(CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (_channel is { } known && !_renew && _time.GetUtcNow() < known.Until)
            {
                return known.Channel;
            }

            _renew = false;
            var made = await MakeAsync(_options.CurrentValue, cancellationToken);
            _channel?.Channel.Dispose(); // ends its idle connections; those in use end by themselves
            _channel = (made, _time.GetUtcNow() + Lifetime);
            return made;
        }
        finally
        {
            _making.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> GetAuthorizationAsync(CancellationToken cancellationToken) =>
        _options.CurrentValue.SendToken ? _token.GetAsync(cancellationToken) : ValueTask.FromResult<string?>(null);

    /// <inheritdoc/>
    public void Renew()
    {
        _renew = true;
        _token.Renew();
    }

    public void Dispose()
    {
        _channel?.Channel.Dispose();
        _making.Dispose();
    }

    private async Task<HttpMessageInvoker> MakeAsync(ParentOptions options, CancellationToken cancellationToken)
    {
        var tls = new SslClientAuthenticationOptions { ClientCertificateContext = await _certificate.LoadAsync(options, cancellationToken) };
        if (await RootsAsync(options, cancellationToken) is { } roots)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // plants have no way to lists of revoked certificates
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = Lifetime,
            Proxy = options.ProxyUrl is { } proxy ? HttpProxy.Of(proxy) : null,
            SslOptions = tls,
            UseCookies = false,
            UseProxy = options.ProxyUrl is not null,
        });
    }

    private async Task<X509Certificate2Collection?> RootsAsync(ParentOptions options, CancellationToken cancellationToken)
    {
        var own = _module.Current;
        var endpoint = new HubEndpoint(own?.HostName ?? "", Addresses[0].Host, Addresses[0].Port);
        try
        {
            return options.TrustedCaFile is { Length: > 0 } file
                ? await new FileTrustSource(file).GetRootsAsync(endpoint, cancellationToken)
                : await _trust.GetRootsAsync(endpoint, cancellationToken);
        }
        catch (HubException e)
        {
            throw new ContentException(ContentFailure.NotFound, $"It is unknown whom to trust as a parent: {e.Message}", e)
            {
                Refusal = SourceRefusal.Untrusted,
            };
        }
    }
}
