using EdgeGateway.Serial.Protocol.Transfer;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Protocol.Transfer;

public sealed class RangeSetTests(ITestOutputHelper output)
{
    [Fact]
    public void AddAndRemove_RandomRanges_AgreeWithABitmap()
    {
        const int Size = 200;
        var random = new Random(Seed.Take(output));
        for (var round = 0; round < 200; round++)
        {
            var set = new RangeSet();
            var bitmap = new bool[Size];
            for (var step = 0; step < 40; step++)
            {
                var start = random.Next(Size);
                var range = new ByteRange(start, random.Next(start, Size));
                var add = random.Next(3) > 0;
                bitmap.AsSpan(start, (int)range.Length).Fill(add);
                if (add)
                {
                    set.Add(range);
                }
                else
                {
                    set.Remove(range);
                }

                set.Should().Equal(RangesOf(bitmap));
                set.Length.Should().Be(bitmap.Count(bit => bit));
                set.Contains(range).Should().Be(range.IsEmpty || add);
            }
        }
    }

    private static IEnumerable<ByteRange> RangesOf(bool[] bitmap)
    {
        for (var i = 0; i < bitmap.Length; i++)
        {
            if (!bitmap[i])
            {
                continue;
            }

            var start = i;
            while (i < bitmap.Length && bitmap[i])
            {
                i++;
            }

            yield return new ByteRange(start, i);
        }
    }
}
