using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Web;

/// <summary>
/// Starts a server whose port may be taken: it is tried again and again, and stops nothing else. Stops it, too, within half a second.
/// </summary>
/// <param name="create">Makes the server; called for each try.</param>
/// <param name="application">What it serves.</param>
/// <param name="time">The clock.</param>
internal sealed class PatientServer(Func<IServer> create, IHttpApplication<HttpContext> application, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Wait before a port that could not be had is tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _starting = Task.CompletedTask;
    private IServer? _server;
    private bool _disposed;

    /// <summary>Where it listens, as soon as it does.</summary>
    public Task<Uri> Address => _address.Task;

    /// <summary>Why it does not listen; null before the first try failed, and once it listens.</summary>
    public string? Problem { get; private set; }

    /// <summary>Begins to try.</summary>
    /// <param name="listening">Told the address.</param>
    /// <param name="notListening">Told the reason of the first failure.</param>
    public void Start(Action<Uri> listening, Action<string> notListening) => _starting = StartAsync(listening, notListening);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _starting;
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            using var limit = new CancellationTokenSource(StopLimit, time);
            await server.StopAsync(limit.Token);
            server.Dispose();
        }
    }

    /// <summary>Also where there was no stop before; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await StopAsync();
            _stopping.Dispose();
        }
    }

    private async Task StartAsync(Action<Uri> listening, Action<string> notListening)
    {
        while (!_stopping.IsCancellationRequested)
        {
            var server = create();
            try
            {
                await server.StartAsync(application, _stopping.Token);
                _server = server;
                var address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
                Problem = null;
                listening(address);
                _address.TrySetResult(address);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                server.Dispose();
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
            {
                server.Dispose();
                if (Problem is null)
                {
                    notListening(e.Message);
                }

                Problem = e.Message;
                await Task.Delay(Pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
