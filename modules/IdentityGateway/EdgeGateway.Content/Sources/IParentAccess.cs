namespace EdgeGateway.Content.Sources;

/// <summary>
/// The gateways above this one, and how it gets in there: whom it trusts and who it is are known to another room, which implements this.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public interface IParentAccess
{
    /// <summary>Addresses of the parents, https, in the order they are asked; empty for none.</summary>
    IReadOnlyList<Uri> Addresses { get; }

    /// <summary>The way to a parent: trust, client certificate and proxy are in it. The same one until it is renewed; not disposed by the caller.</summary>
    /// <exception cref="ContentException">With a <see cref="ContentException.Refusal"/>: there is nobody to trust, or no certificate.</exception>
    ValueTask<HttpMessageInvoker> GetChannelAsync(CancellationToken cancellationToken);

    /// <summary>Value of the header <c>Authorization</c>, a secret; null for none.</summary>
    /// <exception cref="ContentException">With <see cref="SourceRefusal.Unauthorized"/>: this gateway cannot prove who it is.</exception>
    ValueTask<string?> GetAuthorizationAsync(CancellationToken cancellationToken);

    /// <summary>Told that a parent refused, or was not trusted: what is known is read anew for the next request.</summary>
    void Renew();
}
