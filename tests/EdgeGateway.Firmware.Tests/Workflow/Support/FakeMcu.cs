using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>
/// A microcontroller with two slots, as seen through its port. Tests break it by way of <see cref="Before"/> and <see cref="After"/>.
/// </summary>
internal sealed class FakeMcu : IMcuPort
{
    private const int Chunk = 1000;

    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _bus;
    private Firmware? _previous;
    private Sha256Digest _offered;
    private DateTimeOffset _silentUntil;

    public FakeMcu(TimeProvider time, Firmware running, SemaphoreSlim? bus = null)
    {
        _time = time;
        _bus = bus ?? new SemaphoreSlim(1, 1);
        Running = running;
    }

    public string LineName => "fake";

    public string Vendor { get; set; } = "Contoso";

    public string Model { get; set; } = "MCU-A";

    public long SlotSize { get; set; } = 1_000_000;

    public Firmware Running { get; set; }

    public BootState BootState { get; set; } = BootState.Confirmed;

    public long BootCount { get; set; } = 7;

    public TimeSpan BootTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Images that could be in the other slot: known to the test, so that the fake can boot them.</summary>
    public List<Firmware> Images { get; } = [];

    /// <summary>Leading bytes of the offered image in flash.</summary>
    public long Held { get; set; }

    /// <summary>The line cannot be opened, for this reason.</summary>
    public LinkFailure? LineFailure { get; set; }

    public bool IsSilent { get; set; }

    /// <summary>The next image does not hold its trial.</summary>
    public bool NextImageIsBad { get; set; }

    /// <summary>The next activation is accepted, but nothing happens.</summary>
    public bool IgnoresActivation { get; set; }

    /// <summary>It cannot tell the digest of what it runs.</summary>
    public bool KnowsNoDigest { get; set; }

    /// <summary>Names of the calls so far.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>How many bytes were sent, repeats included.</summary>
    public long BytesSent { get; private set; }

    public bool IsBusHeld => _bus.CurrentCount == 0;

    /// <summary>Called before a call, named, takes effect.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called after a call, named, took effect and before its answer arrives.</summary>
    public Func<string, CancellationToken, Task> After { get; set; } = (_, _) => Task.CompletedTask;

    public int Count(string call) => Calls.Count(c => c == call);

    /// <summary>Loses power for a moment: a trial ends, a session is lost, what is in flash stays.</summary>
    public void CutPower()
    {
        BootCount++;
        if (BootState == BootState.Trial)
        {
            (Running, _previous) = (_previous!, Running);
            BootState = BootState.RolledBack;
        }
    }

    public async Task<IMcuDriver> ConnectAsync(CancellationToken cancellationToken)
    {
        await _bus.WaitAsync(cancellationToken);
        if (LineFailure is { } failure)
        {
            _bus.Release();
            throw new LinkException(failure, $"the line is {failure}");
        }

        return new Driver(this);
    }

    private void Boot(Firmware image)
    {
        BootCount++;
        _silentUntil = _time.GetUtcNow() + BootTime;
        if (NextImageIsBad)
        {
            BootState = BootState.RolledBack;
            return;
        }

        (_previous, Running) = (Running, image);
        BootState = BootState.Trial;
    }

    private sealed class Driver(FakeMcu mcu) : IMcuDriver
    {
        private bool _disposed;

        public Task<McuFacts> IdentifyAsync(CancellationToken cancellationToken) => DoAsync("Identify", () => new McuFacts
        {
            Vendor = mcu.Vendor,
            Model = mcu.Model,
            HardwareRevision = "c1",
            SerialNumber = "0001",
            RunningVersion = mcu.Running.Version,
            RunningDigest = mcu.KnowsNoDigest ? default : mcu.Running.Digest,
            BootState = mcu.BootState,
            SlotSize = mcu.SlotSize,
            BootTime = mcu.BootTime,
        }, cancellationToken);

        public Task<Heartbeat> PingAsync(CancellationToken cancellationToken) =>
            DoAsync("Ping", () => new Heartbeat(TimeSpan.FromSeconds(1), mcu.BootState, mcu.BootCount), cancellationToken);

        public Task<long> OfferAsync(IFirmwareImage image, FirmwareTarget target, CancellationToken cancellationToken) =>
            DoAsync("Offer", () =>
            {
                (target.Vendor, target.Model).Should().Be((mcu.Vendor, mcu.Model));
                mcu.Held = mcu._offered == image.Digest ? mcu.Held : 0;
                mcu._offered = image.Digest;
                return mcu.Held;
            }, cancellationToken);

        public async Task<TransferSummary> TransferAsync(
            IFirmwareImage image, long offset, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
        {
            var sent = 0L;
            mcu.Held = offset;
            await DoAsync("Transfer", () => 0, cancellationToken);
            while (mcu.Held < image.Size)
            {
                await DoAsync("Chunk", () =>
                {
                    var buffer = new byte[Math.Min(Chunk, image.Size - mcu.Held)];
                    image.Read(mcu.Held, buffer);
                    mcu.Held += buffer.Length;
                    mcu.BytesSent += buffer.Length;
                    return sent += buffer.Length;
                }, cancellationToken);
                progress?.Report(new TransferProgress(mcu.Held, image.Size));
            }

            return new TransferSummary(offset, sent, 0, sent + 100, TimeSpan.FromSeconds(1));
        }

        public Task VerifyAsync(CancellationToken cancellationToken) => DoAsync("Verify", () => 0, cancellationToken);

        public Task ActivateAsync(TimeSpan trial, CancellationToken cancellationToken) => DoAsync("Activate", () =>
        {
            var image = mcu.Images.Single(i => i.Digest == mcu._offered);
            mcu.Held.Should().Be(image.Bytes.Length, "only a whole image may be activated");
            mcu.Running.Digest.Should().NotBe(image.Digest, "what runs must not be activated again");
            if (!mcu.IgnoresActivation)
            {
                mcu.Boot(image);
            }

            return 0;
        }, cancellationToken);

        public Task ConfirmAsync(Sha256Digest digest, CancellationToken cancellationToken) => DoAsync("Confirm", () =>
        {
            if (digest != mcu.Running.Digest)
            {
                throw new McuException(McuFailure.DigestMismatch, "another image runs");
            }

            mcu.BootState = BootState.Confirmed;
            return 0;
        }, cancellationToken);

        public Task RollBackAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AbortAsync(CancellationToken cancellationToken) => DoAsync("Abort", () => 0, cancellationToken);

        public Task RebootAsync(CancellationToken cancellationToken) => DoAsync("Reboot", () =>
        {
            mcu.CutPower();
            mcu._silentUntil = mcu._time.GetUtcNow() + mcu.BootTime;
            return 0;
        }, cancellationToken);

        public Task IndicateAsync(TimeSpan time, CancellationToken cancellationToken) =>
            DoAsync($"Indicate {time.TotalSeconds}", () => 0, cancellationToken);

        public ValueTask DisposeAsync()
        {
            if (!_disposed)
            {
                _disposed = true;
                mcu._bus.Release();
            }

            return ValueTask.CompletedTask;
        }

        private async Task<T> DoAsync<T>(string call, Func<T> effect, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            cancellationToken.ThrowIfCancellationRequested();
            mcu.Calls.Add(call);
            await mcu.Before(call, cancellationToken);
            if (mcu.LineFailure is { } failure)
            {
                throw new LinkException(failure, $"the line is {failure}");
            }

            if (mcu.IsSilent || mcu._time.GetUtcNow() < mcu._silentUntil)
            {
                throw new McuException(McuFailure.Silent, "no answer");
            }

            var answer = effect();
            await mcu.After(call, cancellationToken);
            return answer;
        }
    }
}
