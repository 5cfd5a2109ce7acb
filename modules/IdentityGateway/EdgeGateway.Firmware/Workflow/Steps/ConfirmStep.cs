using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Looks for the new image after the restart and makes it permanent.</summary>
/// <remarks>
/// The step holds the bus until the microcontroller must have booted, because another transfer could outlast the trial. Afterward it takes the
/// bus for each look only. No time counts while the line is absent.
/// </remarks>
internal sealed partial class ConfirmStep(McuContext mcu) : IUpdateStep
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = mcu.Loggers.CreateLogger<ConfirmStep>();

    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var clock = new BootClock(mcu);
        for (var looks = 1; ; looks++)
        {
            var (outcome, failure) = await LookAsync(session, clock, cancellationToken);
            if (outcome is not null)
            {
                return outcome.Value;
            }

            if (failure is not null)
            {
                mcu.Tracker.Offline(failure);
                if (clock.IsOver)
                {
                    return new Failure(
                        FailureReason.NotBackAfterBoot,
                        $"the microcontroller did not come back after it was told to boot the new image: {failure.Text}",
                        FailureKind.Permanent);
                }
            }

            if (clock.MustHaveBooted)
            {
                await session.ReleaseDriverAsync();
            }

            await Task.Delay(Backoff.Bound(looks, FirstPause, LongestPause), mcu.Time, cancellationToken);
        }
    }

    /// <summary>One look: an outcome, or why nothing could be seen, or neither where it has not restarted yet.</summary>
    private async Task<(StepOutcome? Outcome, Failure? Failure)> LookAsync(
        UpdateSession session, BootClock clock, CancellationToken cancellationToken)
    {
        try
        {
            McuFacts facts;
            if (session.Driver is { } driver)
            {
                facts = await mcu.Finder.IdentifyAsync(driver, cancellationToken);
            }
            else
            {
                (session.Driver, facts) = await mcu.Finder.FindAsync(cancellationToken);
            }

            clock.LineIsBack();
            return (await JudgeAsync(session, facts, clock, cancellationToken), null);
        }
        catch (LinkException e)
        {
            await session.ReleaseDriverAsync();
            clock.LineIsAway();
            return (null, FailureMap.From(e, UpdatePhase.Confirming));
        }
        catch (McuException e)
        {
            clock.LineIsBack();
            LogNothingSeen(mcu.Id, e.Failure, e.Message);
            return (null, FailureMap.From(e, UpdatePhase.Confirming));
        }
    }

    private async Task<StepOutcome?> JudgeAsync(UpdateSession session, McuFacts facts, BootClock clock, CancellationToken cancellationToken)
    {
        var target = session.NeedTarget();
        var driver = session.NeedDriver();
        if (Runs(target, facts) && facts.BootState == BootState.Trial)
        {
            await driver.ConfirmAsync(target.Digest, cancellationToken);
            facts = await mcu.Finder.IdentifyAsync(driver, cancellationToken);
            return Runs(target, facts) && facts.BootState == BootState.Confirmed
                ? UpdateEvent.Confirmed
                : throw new McuException(McuFailure.ProtocolViolation, $"it confirmed the new image, but says it is {facts.BootState}");
        }

        var isRestarted = (await driver.PingAsync(cancellationToken)).BootCount != session.Active.BootCount;
        if (Runs(target, facts) && facts.BootState != BootState.Recovery && (isRestarted || !facts.RunningDigest.IsUnknown))
        {
            return UpdateEvent.Confirmed;
        }

        if (isRestarted)
        {
            return OldImage(target, facts);
        }

        return clock.MustHaveBooted ? NotRestarted() : default(StepOutcome?);
    }

    /// <summary>Compares by digest, or by version where the microcontroller does not report a digest.</summary>
    private static bool Runs(ImageTarget target, McuFacts facts) => facts.RunningDigest.IsUnknown
        ? string.Equals(facts.RunningVersion, target.Version, StringComparison.Ordinal)
        : facts.RunningDigest == target.Digest;

    private static StepOutcome OldImage(ImageTarget target, McuFacts facts) => facts.BootState == BootState.RolledBack
        ? new Failure(
            FailureReason.RolledBack,
            $"the new image did not hold its trial; version '{facts.RunningVersion}' runs again",
            FailureKind.RolledBack)
        : new Failure(
            FailureReason.WrongImageAfterBoot,
            $"version '{facts.RunningVersion}' with digest {facts.RunningDigest} runs after the restart ({facts.BootState}); "
            + $"expected digest {target.Digest}",
            FailureKind.RolledBack);

    private static StepOutcome NotRestarted() =>
        new Failure(FailureReason.McuSessionLost, "the microcontroller did not restart when it was told to", FailureKind.Attempt);

    [LoggerMessage(3231, LogLevel.Debug, "{Mcu}: not back yet ({Failure}: {Error}).")]
    private partial void LogNothingSeen(McuId mcu, McuFailure failure, string error);
}

/// <summary>Counts the time after an activation. Stops, and starts again from zero, while the line is absent.</summary>
internal sealed class BootClock
{
    private readonly McuContext _mcu;
    private long? _since;

    public BootClock(McuContext mcu)
    {
        _mcu = mcu;
        _since = mcu.Time.GetTimestamp();
    }

    /// <summary>True once it must have restarted and booted: its own boot time and a margin.</summary>
    public bool MustHaveBooted => Elapsed > BootTime + _mcu.Options.BootMargin;

    /// <summary>True once even a failed trial must have ended and the old image must have booted.</summary>
    public bool IsOver => Elapsed > (2 * BootTime) + _mcu.Options.TrialTime + _mcu.Options.BootMargin;

    private TimeSpan Elapsed => _since is { } since ? _mcu.Time.GetElapsedTime(since) : TimeSpan.Zero;

    private TimeSpan BootTime => _mcu.Tracker.Status.Facts?.BootTime ?? TimeSpan.Zero;

    public void LineIsAway() => _since = null;

    public void LineIsBack() => _since ??= _mcu.Time.GetTimestamp();
}
