using System.Buffers;

namespace EdgeGateway.Hub.Tests.Mqtt;

/// <summary>A sequence in as many pieces as it has bytes: the worst a pipe can hand over.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    public static ReadOnlySequence<byte> OfOneByte(byte[] bytes)
    {
        var first = new Segments { Memory = bytes.AsMemory(0, 1) };
        var last = first;
        for (var i = 1; i < bytes.Length; i++)
        {
            var next = new Segments { Memory = bytes.AsMemory(i, 1), RunningIndex = i };
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, 1);
    }
}
