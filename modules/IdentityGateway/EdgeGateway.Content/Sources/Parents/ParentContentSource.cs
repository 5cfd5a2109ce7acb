using EdgeGateway.Content.Sources.Paths;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Sources.Parents;

/// <summary>
/// Gets content from the gateway above, which sends it while it receives it itself. The receiver verifies it like any other content.
/// </summary>
/// <remarks>Thread-safe. Redirects are not followed: a gateway does not redirect.</remarks>
public sealed class ParentContentSource : IContentSource
{
    private readonly Uri _parent;
    private readonly IParentAccess _access;
    private readonly GatewayInstance _instance;
    private readonly IOptionsMonitor<ParentOptions> _options;
    private readonly TimeProvider _time;
    private readonly string _who;

    /// <param name="index">Index among the parents, from 0.</param>
    public ParentContentSource(
        int index, IParentAccess access, GatewayInstance instance, IOptionsMonitor<ParentOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(access);
        (_parent, _access, _instance, _options, _time) = (access.Addresses[index], access, instance, options, time);
        Name = index == 0 ? "parent" : $"parent-{index + 1}";
        _who = $"The {Name} {_parent.Authority}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(from);
        return content.Via.IsFull
            ? throw new ContentException(
                ContentFailure.NotFound, $"The request for content {content.Digest} came through {GatewayPath.MaxHops} gateways already, so {Name} is not asked.")
            : OpenAsync(ParentRequest.For(_parent, content, _instance.Id), from, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(from);
        OriginRules.Check(address, []);
        return OpenAsync(ParentRequest.For(_parent, address, _instance.Id), from, cancellationToken);
    }

    private async Task<OpenedContent> OpenAsync(ParentRequest request, ResumePoint from, CancellationToken cancellationToken)
    {
        var timeout = _options.CurrentValue.ResponseTimeout;
        using var late = new CancellationTokenSource(timeout, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            try
            {
                return await AskAsync(request, from, end.Token);
            }
            catch (ContentException e) when (e.Refusal is SourceRefusal.Unauthorized or SourceRefusal.Untrusted)
            {
                _access.Renew(); // a token or certificate may have expired just now, or was made while the clock was wrong
                return await AskAsync(request, from, end.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var what = late.IsCancellationRequested ? $"did not answer within {timeout}" : $"did not accept a connection within {_options.CurrentValue.ConnectTimeout}";
            throw new ContentException(ContentFailure.Unreachable, $"{_who} {what}.", e);
        }
    }

    private async Task<OpenedContent> AskAsync(ParentRequest request, ResumePoint from, CancellationToken cancellationToken)
    {
        var channel = await _access.GetChannelAsync(cancellationToken);
        using var message = request.Message(from, await _access.GetAuthorizationAsync(cancellationToken));
        var response = await SendAsync(channel, message, cancellationToken);
        try
        {
            await ParentResponse.CheckAsync(response, _who, _time, cancellationToken);
            var (offset, size) = Answer.Read(response, _who, request.Wanted, from);
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken); // owns the connection
            return new OpenedContent(stream, offset, OriginTag.Of(request.Key, response.Headers.ETag)) { Size = size };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker channel, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.SendAsync(message, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw ParentResponse.From(e, _who);
        }
    }
}
