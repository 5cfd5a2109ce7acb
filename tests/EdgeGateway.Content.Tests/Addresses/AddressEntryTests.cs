using EdgeGateway.Content.Addresses;

namespace EdgeGateway.Content.Tests.Addresses;

public sealed class AddressEntryTests
{
    private readonly AddressEntry _entry = new(
        Sha256Digest.Of([1]), Sha256Digest.Of([2]), 1234, "abcd", "key \"etag\"", new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(null)]
    [InlineData("key \"etag with spaces\"")]
    public void Read_WhatWasWritten_TheSame(string? validator)
    {
        var entry = _entry with { Validator = validator };

        AddressEntry.Read(entry.Key, entry.ToLines()).Should().Be(entry);
    }

    [Theory]
    [InlineData(0, "edgegateway-address 2")]
    [InlineData(1, "digest 00")]
    [InlineData(2, "size 0")]
    [InlineData(2, "size -5")]
    [InlineData(3, "tag ")]
    [InlineData(3, "tag a\"b")]
    [InlineData(4, "found 999999999999999999")]
    [InlineData(5, "valid")]
    public void Read_LineIsWrong_Null(int line, string text)
    {
        var lines = _entry.ToLines();
        lines[line] = text;

        AddressEntry.Read(_entry.Key, lines).Should().BeNull();
    }

    [Fact]
    public void Read_CutShort_Null()
    {
        for (var i = 0; i < _entry.ToLines().Length; i++)
        {
            AddressEntry.Read(_entry.Key, _entry.ToLines()[..i]).Should().BeNull();
        }
    }
}
