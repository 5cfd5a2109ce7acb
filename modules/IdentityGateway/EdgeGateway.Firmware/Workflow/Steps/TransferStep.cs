using EdgeGateway.Firmware.Workflow.Progress;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>Sends the bytes that are missing.</summary>
internal sealed class TransferStep(McuContext mcu) : IUpdateStep
{
    public async Task<StepOutcome> RunAsync(UpdateSession session, CancellationToken cancellationToken)
    {
        var image = session.NeedImage();
        mcu.Board.StartProgress(session.Offset, image.Size);
        var progress = new ProgressTap<TransferProgress>(p =>
        {
            session.NoteAcknowledged(p.Acknowledged);
            mcu.Board.Progress(p.Acknowledged);
        });
        var summary = await session.NeedDriver().TransferAsync(image, session.Offset, progress, cancellationToken);
        session.Active = session.Active with { Transfer = summary };
        mcu.Board.Change(s => s with { Bytes = image.Size, Transfer = summary });
        return UpdateEvent.Transferred;
    }
}
