using EdgeGateway.Content.Sources.Paths;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Sources.Parents;

/// <summary>
/// Content from the gateway above, which sends it while it receives it itself. What it sends is checked like anybody else's.
/// </summary>
/// <remarks>Thread-safe. Redirects are not followed: a gateway makes none.</remarks>
public sealed class ParentContentSource : IContentSource
{
    private readonly Uri _parent;
    private readonly IParentAccess _access;
    private readonly GatewayInstance _instance;
    private readonly IOptionsMonitor<ParentOptions> _options;
    private readonly TimeProvider _time;
    private readonly string _who;

    /// <param name="index">Place among the parents, from 0.</param>
    /// <param name="access">The way to it.</param>
    /// <param name="instance">This gateway.</param>
    /// <param name="options">Options.</param>
    /// <param name="time">The clock.</param>
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
                ContentFailure.NotFound, $"Content {content.Digest} is asked for through {GatewayPath.MaxHops} gateways already; {Name} is not asked.")
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
                _access.Renew(); // a token or certificate may have ended just now, or be made by a clock that was wrong
                return await AskAsync(request, from, end.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var what = late.IsCancellationRequested ? $"gave no answer within {timeout}" : $"took no connection within {_options.CurrentValue.ConnectTimeout}";
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
            await ParentAnswer.CheckAsync(response, _who, _time, cancellationToken);
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
            throw ParentAnswer.From(e, _who);
        }
    }
}
