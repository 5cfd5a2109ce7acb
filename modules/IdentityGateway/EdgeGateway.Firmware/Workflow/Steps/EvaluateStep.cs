using System.Globalization;
using EdgeGateway.Firmware.DeviceUpdate.Manifests;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.DeviceUpdate.Verification;
using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Firmware.Workflow.Journal;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Checks the order: fields, signature, manifest, size, and whether it is for this microcontroller and not done already.</summary>
internal sealed partial class EvaluateStep : IUpdateStep
{
    private readonly McuContext _mcu;
    private readonly ManifestLoader _loader;
    private readonly ILogger _logger;

    public EvaluateStep(McuContext mcu)
    {
        _mcu = mcu;
        _loader = new ManifestLoader(mcu.Store);
        _logger = mcu.Loggers.CreateLogger<EvaluateStep>();
    }

    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var service = session.Active.Service;
        if (service.Errors.Count > 0)
        {
            return new Failure(FailureReason.ManifestInvalid, string.Join("; ", service.Errors), FailureKind.Permanent);
        }

        if (await VerifyAsync(service, cancellationToken) is { } refused)
        {
            return refused;
        }

        var (plan, failure) = await _loader.LoadAsync(service, cancellationToken);
        if (plan is null)
        {
            return failure!;
        }

        session.Plan = plan;
        session.Active = session.Active with
        {
            Target = new ImageTarget(plan.UpdateId, plan.Content.Digest, plan.Content.Size, plan.Version),
        };
        return plan.Content.Size > _mcu.Options.MaxImageSize ? TooLarge(plan) : await CompareAsync(plan, cancellationToken);
    }

    private async Task<Failure?> VerifyAsync(DesiredService service, CancellationToken cancellationToken)
    {
        var result = await _mcu.Verifier.VerifyAsync(service, cancellationToken);
        switch (result.Outcome)
        {
            case VerificationOutcome.Verified:
                return null;
            case VerificationOutcome.Unverified when _mcu.Options.AllowUnsigned:
                LogUnsigned(_mcu.Id, service.Workflow.Id, result.Text);
                return null;
            case VerificationOutcome.Unverified:
                return new Failure(FailureReason.SignatureMissing, result.Text, FailureKind.Permanent);
            default:
                return new Failure(FailureReason.SignatureInvalid, result.Text, FailureKind.Permanent);
        }
    }

    private Failure TooLarge(UpdatePlan plan) => new(
        FailureReason.ImageTooLarge,
        string.Create(
            CultureInfo.InvariantCulture, $"the image has {plan.Content.Size} bytes; MaxImageSize allows {_mcu.Options.MaxImageSize}"),
        FailureKind.Permanent);

    /// <summary>
    /// What is known of a microcontroller that is online is enough to let an update begin: it is identified again before anything is
    /// erased.
    /// Everything else is decided on a fresh answer.
    /// </summary>
    private async Task<StepOutcome> CompareAsync(UpdatePlan plan, CancellationToken cancellationToken)
    {
        if (_mcu.Tracker.Status is { Link: McuLinkState.Online, Facts: { } known }
            && TargetCheck.Compare(plan, known, UpdateEvent.Accepted) is { Failure: null, Event: UpdateEvent.Accepted } accepted)
        {
            return accepted;
        }

        var (driver, facts) = await _mcu.Finder.FindAsync(cancellationToken);
        await driver.DisposeAsync();
        return TargetCheck.Compare(plan, facts, UpdateEvent.Accepted);
    }

    [LoggerMessage(3220, LogLevel.Warning,
        "{Mcu}: deployment {Workflow} is not verified ({Reason}); it runs because AllowUnsigned is set.")]
    private partial void LogUnsigned(McuId mcu, string workflow, string reason);
}
