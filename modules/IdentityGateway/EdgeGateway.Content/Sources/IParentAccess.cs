namespace EdgeGateway.Content.Sources;

/// <summary>
/// Connects to the gateways above this one. The host implements it: only the host knows which certificates to trust and how to authenticate.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public interface IParentAccess
{
    /// <summary>Gets the HTTPS addresses of the parents in the order in which they are asked; empty for none.</summary>
    IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Gets the channel to the parents, with trust, client certificate and proxy. The same one until it is renewed; the caller does not dispose it.</summary>
    /// <exception cref="ContentException">With a <see cref="ContentException.Refusal"/>: there is no trusted authority, or no client certificate.</exception>
    ValueTask<HttpMessageInvoker> GetChannelAsync(CancellationToken cancellationToken);

    /// <summary>Gets the value of the header <c>Authorization</c>, which is secret; null for none.</summary>
    /// <exception cref="ContentException">With <see cref="SourceRefusal.Unauthorized"/>: this gateway cannot authenticate.</exception>
    ValueTask<string?> GetAuthorizationAsync(CancellationToken cancellationToken);

    /// <summary>Discards cached credentials and trust after a parent refused or was not trusted; the next request reads them again.</summary>
    void Renew();
}

/// <summary>Names why a source refuses this gateway altogether. An operator must correct it.</summary>
public enum SourceRefusal
{
    /// <summary>The source does not refuse, or refuses only this content.</summary>
    None,

    /// <summary>The source does not accept the identity of this gateway (401, 403), or this gateway cannot prove it.</summary>
    Unauthorized,

    /// <summary>The certificate of the source is not trusted.</summary>
    Untrusted,

    /// <summary>The source would ask this gateway itself (508).</summary>
    Loop,
}
