using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Links;

/// <summary>The link's life, the same for all kinds of lines: open, fail, open again, close, from any thread.</summary>
internal sealed partial class ReopenableLink(string name, double? bytesPerSecond, ILineOpener opener, ILogger logger) : ISerialLink
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile CancellationTokenSource? _opening;
    private volatile IOpenLine? _line;
    private volatile bool _disposed;

    public string Name => name;

    public double? BytesPerSecond => bytesPerSecond;

    public bool IsOpen => _line is { IsAlive: true };

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (IsOpen)
            {
                throw new InvalidOperationException($"{name} is open already.");
            }

            await ReleaseLineAsync().ConfigureAwait(false);
            _line = await OpenLineAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening = null;
            _gate.Release();
        }

        LogOpened(logger, name, bytesPerSecond);
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty)
        {
            throw new ArgumentException("The buffer is empty: a read returns one byte at least.", nameof(buffer));
        }

        return Line().ReadAsync(buffer, cancellationToken);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) =>
        Line().WriteAsync(buffer, cancellationToken);

    public async ValueTask CloseAsync()
    {
        _opening?.Cancel();
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (await ReleaseLineAsync().ConfigureAwait(false))
            {
                LogClosed(logger, name);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return CloseAsync();
    }

    private async ValueTask<IOpenLine> OpenLineAsync(CancellationToken cancellationToken)
    {
        var opening = new CancellationTokenSource();
        _opening = opening;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, opening.Token);
        try
        {
            return await opener.OpenAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (opening.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LinkException(LinkFailure.Closed, $"{name} was closed while it was being opened.");
        }
    }

    private async ValueTask<bool> ReleaseLineAsync()
    {
        var line = _line;
        _line = null;
        if (line is null)
        {
            return false;
        }

        await line.CloseAsync().ConfigureAwait(false);
        return true;
    }

    private IOpenLine Line() => _line ?? throw new LinkException(LinkFailure.Closed, $"{name} is not open.");

    [LoggerMessage(1001, LogLevel.Information, "Line {Port} opened ({BytesPerSecond} bytes/s)")]
    private static partial void LogOpened(ILogger logger, string port, double? bytesPerSecond);

    [LoggerMessage(1002, LogLevel.Information, "Line {Port} closed")]
    private static partial void LogClosed(ILogger logger, string port);
}
