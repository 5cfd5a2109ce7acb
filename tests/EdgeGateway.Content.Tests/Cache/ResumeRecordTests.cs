using System.Text;
using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class ResumeRecordTests(ITestOutputHelper output)
{
    private static readonly Sha256Digest Digest = Sha256Digest.Of([1, 2, 3]);

    [Theory]
    [InlineData(null)]
    [InlineData("0011223344556677 \"a b\"")]
    public void Parse_WhatWasWritten_ReadsBack(string? validator)
    {
        var head = ResumeRecord.Head(1000, validator);
        var (one, two) = (ResumeRecord.MarkLine(10, Digest), ResumeRecord.MarkLine(1000, Digest));

        var notes = ResumeRecord.Parse([.. head, .. one, .. two])!;

        notes.Size.Should().Be(1000);
        notes.Validator.Should().Be(validator);
        notes.HeadEnd.Should().Be(head.Length);
        notes.Marks.Should().Equal(
            new ResumeRecord.Mark(10, Digest, head.Length + one.Length), new ResumeRecord.Mark(1000, Digest, head.Length + one.Length + two.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("edgegateway-partial 1 1000\n")]
    [InlineData("edgegateway-partial 2 1000\nvalidator \n")]
    [InlineData("edgegateway-partial 1 many\nvalidator \n")]
    [InlineData("edgegateway-partial 1 -5\nvalidator \n")]
    [InlineData("edgegateway-partial 1 1000\nvalidator")]
    public void Parse_BadHead_Null(string text) => ResumeRecord.Parse(Encoding.UTF8.GetBytes(text)).Should().BeNull();

    [Theory]
    [InlineData("20 abcd\n")] // no digest
    [InlineData("20 {0}")] // torn
    [InlineData("10 {0}\n")] // not further
    [InlineData("1001 {0}\n")] // beyond the end
    [InlineData("20 {0} more\n")]
    [InlineData("\0\0\0\0\n")]
    public void Parse_BadMark_EndsTheMarks(string line)
    {
        byte[] good = [.. ResumeRecord.Head(1000, "v"), .. ResumeRecord.MarkLine(10, Digest)];
        var bad = Encoding.UTF8.GetBytes(line.Replace("{0}", Digest.ToString(), StringComparison.Ordinal));

        var notes = ResumeRecord.Parse([.. good, .. bad, .. ResumeRecord.MarkLine(30, Digest)])!;

        notes.Marks.Should().ContainSingle().Which.End.Should().Be(good.Length);
    }

    [Fact]
    public void Parse_AnyBytes_NeverThrows()
    {
        var random = new Random(Seed.Take(output));
        byte[] good = [.. ResumeRecord.Head(1000, "v"), .. ResumeRecord.MarkLine(10, Digest), .. ResumeRecord.MarkLine(20, Digest)];
        for (var i = 0; i < 2000; i++)
        {
            var bytes = good.ToArray();
            for (var flips = random.Next(1, 8); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var marks = ResumeRecord.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1)))?.Marks ?? [];

            marks.All(m => m.End <= bytes.Length && m.Length > 0).Should().BeTrue();
        }
    }
}
