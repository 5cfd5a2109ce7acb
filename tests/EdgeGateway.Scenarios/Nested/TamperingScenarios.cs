using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Nested.Site;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested;

/// <summary>A gateway whose store is not what it was.</summary>
[Collection(OnePlant.Name)]
public sealed class TamperingScenarios(PlantFixture fixture, ITestOutputHelper output) : IDisposable
{
    [NamespaceFact]
    public async Task Rollout_StoreOfTheMiddleTamperedWith_IsFoundOutByDigestAtTheChild()
    {
        var plant = fixture.Plant;
        var (middle, bottom) = (plant.Layers[1], plant.Layers[2]);
        var image = FirmwareImage.Of(PlantSeed.Take(output, -5).Next(), 100_000);
        var ids = plant.McusOf("MCU-A");
        var first = plant.Publish(image, "MCU-A");
        plant.Deploy(first, ids[0]);
        await plant.SucceedsAsync(first, ids[0]);

        // the bottom has to ask again, and the middle has a wrong byte
        await bottom.KillGatewayAsync();
        Directory.Delete(bottom.CacheLayout, recursive: true);
        Tamper(middle.CacheLayout, image);
        await bottom.StartGatewayAsync();
        var second = plant.Publish(image, "MCU-A");
        plant.Deploy(second, ids.Skip(1));

        foreach (var id in ids.Skip(1))
        {
            var end = await plant.EndsAsync(second, id);
            end.Error.Should().Be(nameof(FailureReason.ContentWrongDigest), end.ErrorText);
            plant.Twin(id).Reports.Should().NotContain(
                patch => patch.WorkflowId == second.WorkflowId && patch.Phase == "Transferring", "nobody is offered what is wrong");
        }

        // what lies on the disk is not trusted over a restart, and whom a gateway avoids is forgotten
        await bottom.KillGatewayAsync();
        await middle.KillGatewayAsync();
        await middle.StartGatewayAsync();
        await bottom.StartGatewayAsync();
        var third = plant.Publish(image, "MCU-A");
        plant.Deploy(third, ids.Skip(1));
        await plant.SucceedsAsync(third, ids.Skip(1));
    }

    /// <summary>The gateways' own words, in the test's output.</summary>
    public void Dispose() => fixture.Tell(output);

    // one byte, and the file looks as it did
    private static void Tamper(string folder, FirmwareImage image)
    {
        var file = Directory.GetFiles(folder, $"*{image.Digest}*", SearchOption.AllDirectories).Single(path => new FileInfo(path).Length == image.Size);
        var time = File.GetLastWriteTimeUtc(file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write))
        {
            stream.Position = image.Size / 2;
            stream.WriteByte((byte)~image.Content[image.Size / 2]);
        }

        File.SetLastWriteTimeUtc(file, time);
    }
}
