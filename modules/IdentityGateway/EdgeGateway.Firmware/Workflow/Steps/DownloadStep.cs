using EdgeGateway.Firmware.Workflow.Progress;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Makes the image present in the store. The bus is not held meanwhile.</summary>
internal sealed class DownloadStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var content = session.NeedPlan().Content;
        mcu.Tracker.StartProgress(0, content.Size);
        var progress = new ImmediateProgress<long>(present =>
        {
            session.NotePresent(present);
            mcu.Tracker.Progress(present);
        });
        session.Image = await mcu.Store.AcquireAsync(content, progress, cancellationToken);
        return UpdateEvent.ContentPresent;
    }
}
