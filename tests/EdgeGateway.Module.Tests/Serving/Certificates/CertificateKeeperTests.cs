using EdgeGateway.Module.Serving.Certificates;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Tests.Serving.Fakes;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Module.Tests.Serving.Certificates;

public sealed class CertificateKeeperTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestCertificates _certificates = new();
    private readonly VirtualTime _time = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Keep_FileThatComesLate_IsTakenWhenItIsThere()
    {
        await using var keeper = Keeper();
        keeper.Start();
        await EndpointBench.UntilAsync(() => keeper.Problem is not null);
        keeper.Current.Should().BeNull();
        keeper.Problem.Should().Contain("server.pem");

        Write("a.example");
        await LookAgainAsync(() => keeper.Current is not null);

        keeper.Problem.Should().BeNull();
        keeper.Current!.IsValidAt(_time.GetUtcNow()).Should().BeTrue();
    }

    [Fact]
    public async Task Keep_FileThatChanges_IsReadAgain_AndABrokenOneChangesNothing()
    {
        Write("a.example");
        await using var keeper = Keeper();
        keeper.Start();
        await EndpointBench.UntilAsync(() => keeper.Current is not null);
        var first = keeper.Current!;

        await File.WriteAllTextAsync(_folder.File("server.key"), "nonsense");
        File.SetLastWriteTimeUtc(_folder.File("server.key"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await LookAgainAsync(() => keeper.Problem is not null);
        keeper.Current.Should().BeSameAs(first);

        Write("b.example");
        await LookAgainAsync(() => keeper.Current != first);
        keeper.Current!.Context.TargetCertificate.Subject.Should().Be("CN=b.example");
        keeper.Problem.Should().BeNull();
    }

    [Fact]
    public async Task Keep_KeyOfAnotherCertificate_IsAProblem()
    {
        Write("a.example");
        await File.WriteAllTextAsync(_folder.File("server.key"), _certificates.Server("b.example").Key);
        await using var keeper = Keeper();
        keeper.Start();

        await EndpointBench.UntilAsync(() => keeper.Problem is not null);

        keeper.Problem.Should().Contain("belong together");
        keeper.Current.Should().BeNull();
    }

    private CertificateKeeper Keeper() => new(
        new FileCertificateSource(_folder.File("server.pem"), _folder.File("server.key")), _time, NullLogger<CertificateKeeper>.Instance);

    private void Write(string host)
    {
        var (certificate, key) = _certificates.Server(host);
        File.WriteAllText(_folder.File("server.pem"), certificate);
        File.WriteAllText(_folder.File("server.key"), key);
    }

    private Task LookAgainAsync(Func<bool> reached) => EndpointBench.UntilAsync(() =>
    {
        _time.Advance(CertificateKeeper.Pause);
        return reached();
    });
}
