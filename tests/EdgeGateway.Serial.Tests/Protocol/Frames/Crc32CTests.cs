using System.Text;
using EdgeGateway.Serial.Protocol.Frames;

namespace EdgeGateway.Serial.Tests.Protocol.Frames;

public sealed class Crc32CTests
{
    [Fact]
    public void Of_CheckString_IsCheckValue() => Crc32C.Of("123456789"u8).Should().Be(0xE3069283);

    [Fact]
    public void Of_Nothing_IsEmpty() => Crc32C.Of(default).Should().Be(Crc32C.Empty);

    [Fact]
    public void Append_AnySplit_EqualsWhole()
    {
        var data = Encoding.ASCII.GetBytes("The quick brown fox jumps over the lazy dog");
        for (var split = 0; split <= data.Length; split++)
        {
            var crc = Crc32C.Append(Crc32C.Of(data.AsSpan(0, split)), data.AsSpan(split));
            crc.Should().Be(Crc32C.Of(data), "split at {0}", split);
        }
    }
}
