using EdgeGateway.Serial.Links;
using EdgeGateway.Serial.Links.Posix;

namespace EdgeGateway.Serial.Tests.Links.Posix;

public sealed class PortErrorsTests
{
    [Theory]
    [InlineData(Errno.NoEntry, LinkFailure.Missing, "plug it in")]
    [InlineData(Errno.NotDirectory, LinkFailure.Missing, "plug it in")]
    [InlineData(Errno.Loop, LinkFailure.Missing, "plug it in")]
    [InlineData(Errno.NoSuchAddress, LinkFailure.Missing, "plug it in again")]
    [InlineData(Errno.NoDevice, LinkFailure.Missing, "plug it in again")]
    [InlineData(Errno.Io, LinkFailure.Missing, "plug it in again")]
    [InlineData(Errno.Access, LinkFailure.NoPermission, "dialout")]
    [InlineData(Errno.Perm, LinkFailure.NoPermission, "DeviceCgroupRules")]
    [InlineData(Errno.Busy, LinkFailure.Busy, "another process")]
    [InlineData(Errno.NotTty, LinkFailure.BadSettings, "no serial port")]
    [InlineData(Errno.IsDirectory, LinkFailure.BadSettings, "no serial port")]
    [InlineData(Errno.NameTooLong, LinkFailure.BadSettings, "no serial port")]
    [InlineData(Errno.TooManyFiles, LinkFailure.Io, "ulimit")]
    [InlineData(Errno.TooManyFilesInSystem, LinkFailure.Io, "ulimit")]
    [InlineData(12, LinkFailure.Io, "errno 12")]
    public void Opening_EachError_SaysWhatToDo(int errno, LinkFailure failure, string advice)
    {
        var error = PortErrors.Opening("/dev/ttyUSB0", errno);
        error.Failure.Should().Be(failure);
        error.Message.Should().Contain("/dev/ttyUSB0").And.Contain(advice);
    }
}
