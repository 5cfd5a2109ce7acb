using System.Text.Json.Nodes;
using EdgeGateway.Containers.Engine;

namespace EdgeGateway.Containers;

[Collection(ContainerTests.Name)]
public sealed class ImageTests(EngineFixture engine)
{
    [ContainerFact]
    public async Task Build_ForThisMachine_MakesImagesThatRunWithoutRoot()
    {
        foreach (var image in ModuleImage.All)
        {
            var config = await ConfigAsync(engine.NameOf(image));

            ((string?)config["User"]).Should().Be("1654:20", image.Name);
            ((string?)config["StopSignal"]).Should().Be("SIGTERM", image.Name);
            config["Volumes"]!["/data"].Should().NotBeNull(image.Name);
            ((string?)config["Labels"]!["org.opencontainers.image.title"]).Should().NotBeNullOrEmpty(image.Name);
            if (image == ModuleImage.SetUp)
            {
                continue; // it ends by itself
            }

            config["Healthcheck"]!["Test"]!.AsArray().Select(word => (string?)word).Should().StartWith(["CMD", "dotnet"]).And.EndWith(["--health"]);
        }
    }

    [ContainerFact]
    public async Task Build_ForTheOtherProcessor_MakesImagesOfThatProcessor()
    {
        var other = EngineFixture.Architecture == "amd64" ? "arm64v8" : "amd64";
        foreach (var image in ModuleImage.All)
        {
            var name = await engine.BuildAsync(image, other);
            ((string?)(await engine.Client.GetAsync($"images/{name}/json"))["Architecture"]).Should().Be(other[..5], name);
        }
    }

    private async Task<JsonNode> ConfigAsync(string name) => (await engine.Client.GetAsync($"images/{name}/json"))["Config"]!;
}
