namespace EdgeGateway.Module.Serving.Certificates;

/// <summary>
/// Has the endpoint's certificate at hand for every handshake, and looks after it every half minute. A certificate in use stays until there is
/// a better one.
/// </summary>
internal sealed partial class CertificateKeeper(ICertificateSource source, TimeProvider time, ILogger<CertificateKeeper> logger) : IAsyncDisposable
{
    /// <summary>How often it is looked at.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly ILogger<CertificateKeeper> _logger = logger;
    private readonly CancellationTokenSource _stopping = new();
    private Task _keeping = Task.CompletedTask;
    private volatile ServerCertificate? _current;
    private volatile string? _problem;

    /// <summary>The certificate; null where there was none yet.</summary>
    public ServerCertificate? Current => _current;

    /// <summary>Why the last try to load one failed; null where it did not.</summary>
    public string? Problem => _problem;

    /// <summary>Begins; the first certificate is there soon, or a problem.</summary>
    public void Start() => _keeping = KeepAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeping;
        _stopping.Dispose();
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            do
            {
                await LookAsync(_stopping.Token);
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // it has been kept long enough
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_current is { } current && !source.IsDue(current, time.GetUtcNow()))
        {
            return;
        }

        try
        {
            var loaded = await source.LoadAsync(cancellationToken);
            (_current, _problem) = (loaded, null);
            LogLoaded(loaded.Ends);
        }
        catch (CertificateException e)
        {
            if (_problem != e.Message)
            {
                LogNone(e.Message);
            }

            _problem = e.Message;
        }
    }

    [LoggerMessage(4410, LogLevel.Information, "The content endpoint has a certificate until {Ends:u}")]
    private partial void LogLoaded(DateTimeOffset ends);

    [LoggerMessage(4411, LogLevel.Warning, "No new certificate for the content endpoint, tried again: {Problem}")]
    private partial void LogNone(string problem);
}
