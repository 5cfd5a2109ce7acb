using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate.Manifests;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>
/// What the steps of one update hand to each other while the gateway runs. What must outlive it is in <see cref="Active"/>.
/// </summary>
internal sealed class UpdateSession(ActiveUpdate active) : IAsyncDisposable
{
    private long _bestPresent;
    private long _bestAcknowledged;
    private bool _gotFurther;

    /// <summary>The durable part; written after each step.</summary>
    public ActiveUpdate Active { get; set; } = active;

    public UpdatePlan? Plan { get; set; }

    /// <summary>The image, pinned.</summary>
    public IContentLease? Image { get; set; }

    /// <summary>The driver, which holds the bus.</summary>
    public IMcuDriver? Driver { get; set; }

    /// <summary>Offset at which the transfer begins.</summary>
    public long Offset { get; set; }

    public UpdatePlan NeedPlan() => Plan ?? throw new InvalidOperationException("No manifest was accepted before this step.");

    public IContentLease NeedImage() => Image ?? throw new InvalidOperationException("No image was made present before this step.");

    public IMcuDriver NeedDriver() => Driver ?? throw new InvalidOperationException("The bus was not taken before this step.");

    public ImageTarget NeedTarget() => Active.Target ?? throw new InvalidOperationException("The journal names no image for this step.");

    /// <summary>Notes bytes present in the store.</summary>
    public void NotePresent(long bytes) => Note(bytes, ref _bestPresent);

    /// <summary>Notes bytes that the microcontroller holds.</summary>
    public void NoteAcknowledged(long bytes) => Note(bytes, ref _bestAcknowledged);

    /// <summary>True if more bytes than ever were present or held since the last call: such a failure costs no attempt.</summary>
    public bool TakeGotFurther()
    {
        var gotFurther = _gotFurther;
        _gotFurther = false;
        return gotFurther;
    }

    /// <summary>Bytes that were there before this session are no progress.</summary>
    public void StartAcknowledged(long bytes) => _bestAcknowledged = Math.Max(_bestAcknowledged, bytes);

    /// <summary>Gives back the bus.</summary>
    public async ValueTask ReleaseDriverAsync()
    {
        var driver = Driver;
        Driver = null;
        if (driver is not null)
        {
            await driver.DisposeAsync();
        }
    }

    /// <summary>Gives back the bus and the image.</summary>
    public async ValueTask DisposeAsync()
    {
        Image?.Dispose();
        Image = null;
        await ReleaseDriverAsync();
    }

    private void Note(long bytes, ref long best)
    {
        if (bytes > best)
        {
            best = bytes;
            _gotFurther = true;
        }
    }
}
