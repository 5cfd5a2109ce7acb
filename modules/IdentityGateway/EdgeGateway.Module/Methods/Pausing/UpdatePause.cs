using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Methods.Pausing;

/// <summary>
/// Decides which new updates wait: all while <see cref="ModuleOptions.Paused"/> is set, else those that direct methods pause.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class UpdatePause(
    McuFleet fleet, IOptionsMonitor<ModuleOptions> options, PauseFile file, ILogger<UpdatePause> logger) : IDisposable
{
    private readonly Lock _lock = new();
    private IDisposable? _watch;
    private int _held;

    /// <summary>Gets what direct methods have paused.</summary>
    public PauseState State { get; private set; } = PauseState.None;

    /// <summary>Gets whether the settings pause all updates.</summary>
    public bool BySettings => options.CurrentValue.Paused;

    /// <summary>Holds back what was held before the restart, and follows the settings from now on.</summary>
    public void Start()
    {
        lock (_lock)
        {
            State = file.Read();
            Apply();
        }

        _watch = options.OnChange(_ =>
        {
            lock (_lock)
            {
                Apply();
            }
        });
    }

    /// <summary>Holds new updates of these, or of all.</summary>
    /// <exception cref="MethodException">It could not be kept; nothing has changed.</exception>
    public PauseState Pause(IReadOnlyList<string>? ids) => Change(s => s.With(ids));

    /// <summary>Lets updates of these begin again, or of all.</summary>
    /// <exception cref="MethodException">It could not be kept; nothing has changed.</exception>
    public PauseState Resume(IReadOnlyList<string>? ids) => Change(s => s.Without(ids, fleet.Units.Select(u => u.Id.Value)));

    /// <summary>Follows the settings no more.</summary>
    public void Dispose() => _watch?.Dispose();

    private PauseState Change(Func<PauseState, PauseState> change)
    {
        lock (_lock)
        {
            var next = change(State);
            try
            {
                file.Write(next);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MethodException(MethodAnswer.Failed, $"The pause could not be stored for the next start, so nothing has changed: {e.Message}");
            }

            State = next;
            Apply();
            return next;
        }
    }

    private void Apply()
    {
        var all = BySettings;
        foreach (var unit in fleet.Units)
        {
            unit.Pause(all || State.Holds(unit.Id.Value));
        }

        var held = fleet.Units.Count(u => u.IsPaused);
        if (held > 0 && held != _held)
        {
            LogPaused(held);
        }
        else if (held == 0 && _held > 0)
        {
            LogResumed();
        }

        _held = held;
    }

    [LoggerMessage(4311, LogLevel.Warning, "New updates wait, by direct methods or settings. Mcus={Count}")]
    private partial void LogPaused(int count);

    [LoggerMessage(4312, LogLevel.Information, "No update waits any more")]
    private partial void LogResumed();
}
