using EdgeGateway.Simulators.Mcu.Terminal;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Mcu.Tests.Terminal;

public sealed class PseudoTerminalTests : IDisposable
{
    private const int SetExclusive = 0x540C;
    private const int IsExclusive = unchecked((int)0x80045440);

    private readonly TempFolder _folder = new();

    [Fact]
    public void New_Always_LinksToARawTerminal()
    {
        using var terminal = new PseudoTerminal(_folder.File("line-1"));
        using var host = Open(terminal);
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        host.Write(all);
        ReadAll(terminal, 256).Should().Equal(all);
        terminal.Write(all).Should().Be(256);
        var heard = new byte[256];
        host.ReadExactly(heard);
        heard.Should().Equal(all);
    }

    [Fact]
    public void Read_HostGoneAndAnotherCome_GoesOnRawWithoutTheOldExclusiveMark()
    {
        using var terminal = new PseudoTerminal(_folder.File("line-1"));
        using (var first = Open(terminal))
        {
            NativeTty.Control((int)first.SafeFileHandle.DangerousGetHandle(), SetExclusive, 0).Should().Be(0);
            first.Write([1]);
            ReadAll(terminal, 1).Should().Equal(1);
        }

        terminal.Read(new byte[10]).Should().Be(0);
        using var second = Open(terminal);
        NativeTty.Get((int)second.SafeFileHandle.DangerousGetHandle(), IsExclusive, out var exclusive).Should().Be(0);
        exclusive.Should().Be(0);
        second.Write([3, 13, 10, 0]);
        ReadAll(terminal, 4).Should().Equal(3, 13, 10, 0);
    }

    [Fact]
    public void Read_NothingWritten_IsNothing()
    {
        using var terminal = new PseudoTerminal(_folder.File("line-1"));

        terminal.Read(new byte[10]).Should().Be(0);
    }

    [Fact]
    public void New_LinkLeftBehind_IsReplaced()
    {
        File.CreateSymbolicLink(_folder.File("line-1"), "/dev/null");

        using var terminal = new PseudoTerminal(_folder.File("line-1"));

        new FileInfo(terminal.Port).LinkTarget.Should().Be(terminal.Device);
    }

    [Fact]
    public void Dispose_Always_RemovesTheLink()
    {
        new PseudoTerminal(_folder.File("line-1")).Dispose();

        Directory.EnumerateFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private static FileStream Open(PseudoTerminal terminal) =>
        new(terminal.Port, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    private static byte[] ReadAll(PseudoTerminal terminal, int count)
    {
        var bytes = new byte[count];
        var have = 0;
        SpinWait.SpinUntil(() => (have += terminal.Read(bytes.AsSpan(have))) == count, TimeSpan.FromSeconds(10)).Should().BeTrue();
        return bytes;
    }
}
