namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>What the image of the gateway says of itself is what the manifests count on, on every platform.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Platforms = ["amd64", "arm64v8"];

    public static TheoryData<string, string> ManifestsAndPlatforms
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in Manifest.Names)
            {
                data.Add(name, Platforms.Single(platform => name.Contains($".{platform}.", StringComparison.Ordinal)));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ManifestsAndPlatforms))]
    public void Image_AndManifest_SpeakOfTheSameUserPortsVolumeAndHealth(string name, string platform)
    {
        var image = new Dockerfile($"modules/IdentityGateway/Dockerfile.{platform}");
        var options = Manifest.Read(name).Options;
        var host = options["HostConfig"]!;

        image["USER"].Should().MatchRegex("^[1-9][0-9]*:[0-9]+$", "a host gives files and ports to numbers, not names");
        host["GroupAdd"]!.AsArray().Select(group => group!.GetValue<string>()).Should().Contain(image["USER"].Split(':')[1]);
        options["ExposedPorts"]!.AsObject().Select(port => port.Key).Should().Contain(image["EXPOSE"].Split(' ').Select(port => $"{port}/tcp"));
        host["Binds"]!.AsArray().Select(bind => bind!.GetValue<string>().Split(':')[1]).Should().Contain(image["VOLUME"]);
        options["Healthcheck"]!["Test"]!.AsArray().Select(word => word!.GetValue<string>()).Should().StartWith(["CMD", .. image.Health]);
        image.Health.Should().StartWith(image.EntryPoint, "it asks the same program");
        image["STOPSIGNAL"].Should().Be("SIGTERM");
    }

    [Theory]
    [InlineData("modules/IdentityGateway")]
    [InlineData("simulators/IotHub")]
    [InlineData("simulators/Origin")]
    [InlineData("simulators/Mcu")]
    [InlineData("simulators/Demo")]
    public void Image_Platforms_DifferInNothingButThePlatform(string folder)
    {
        var texts = Platforms.Select(platform => string.Join('\n', Checkout.Read($"{folder}/Dockerfile.{platform}")
            .Replace("--platform=linux/arm64 ", "").Replace(platform, "PLATFORM").Split('\n').Where(line => !line.StartsWith('#'))));

        texts.Distinct().Should().ContainSingle();
    }
}
