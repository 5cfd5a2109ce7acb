using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Tests.Protocol.Transfer;

/// <summary>A transfer over a paced, slow to turn, noisy line in virtual time: as fast as the processor, the same for the same seed.</summary>
internal sealed class VirtualTransfer(TransferParameters parameters, WindowedNode node, int seed)
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private readonly Random _random = new(seed);
    private TimeSpan _now;
    private TimeSpan _downFree;
    private TimeSpan _upFree;
    private long _order;

    /// <summary>What the line really carries, in bytes per second.</summary>
    public double Rate { get; init; } = 11_520;

    /// <summary>Delay of every answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Chance of each bit to be flipped.</summary>
    public double BitErrorRate { get; init; }

    /// <summary>Moment after which the node is dead.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.MaxValue;

    public TransferSender? Sender { get; private set; }

    public TimeSpan Elapsed => _now;

    public double Efficiency => (parameters.Size - parameters.StartOffset) / _now.TotalSeconds / Rate;

    public void Run()
    {
        Sender = new TransferSender(parameters, parameters.Window, new WireClock(parameters.BytesPerSecond), new RttEstimator(), 250, _now);
        while (Sender.Outcome == TransferOutcome.Running)
        {
            while (Sender.TryNext(_now, out var action))
            {
                Send(action);
            }

            var due = Sender.Deadline;
            if (_events.TryPeek(out _, out var next) && (due is null || next.At <= due))
            {
                _now = next.At > _now ? next.At : _now;
                _events.Dequeue()();
            }
            else
            {
                _now = due ?? throw new InvalidOperationException("the sender waits for nothing");
                Sender.OnTimer(_now);
            }

            if (_now > TimeSpan.FromHours(10))
            {
                throw new InvalidOperationException($"no end in sight: {parameters}, {Sender.Acknowledged} acknowledged, latency {Latency}, BER {BitErrorRate}");
            }
        }
    }

    private void Send(SendAction action)
    {
        var bytes = FrameWriter.MaxWireLength(action.Type == FrameType.Data ? 4 + (int)action.Range.Length : 0);
        _downFree = (_downFree > _now ? _downFree : _now) + TimeSpan.FromSeconds(bytes / Rate);
        if (Survives(bytes))
        {
            At(_downFree, () => Arrive(action));
        }
    }

    private void Arrive(SendAction action)
    {
        if (_now >= DeadAfter)
        {
            return;
        }

        if (action.Type == FrameType.Data)
        {
            node.OnData(action.Range, _now);
        }

        if (action.Ask)
        {
            var status = node.Answer(action.Type == FrameType.Data, _now);
            var bytes = FrameWriter.MaxWireLength(12 + (8 * status.Ranges.Count));
            _upFree = (_upFree > _now ? _upFree : _now) + TimeSpan.FromSeconds(bytes / Rate);
            if (Survives(bytes))
            {
                At(_upFree + Latency, () => Sender!.OnStatus(action.Sequence, status, _now));
            }
        }
    }

    private bool Survives(int bytes) => _random.NextDouble() < Math.Pow(1 - BitErrorRate, bytes * 8);

    private void At(TimeSpan at, Action action) => _events.Enqueue(action, (at, _order++));
}
