using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Manifests;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Firmware.Tests.DeviceUpdate.Manifests;

public sealed class ManifestReaderTests(ITestOutputHelper output)
{
    private static readonly Tests.Workflow.Support.Firmware Image = new("2.0");

    private const string Damage = "{}[]\":,0 \\nul\ud800";

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    public void Read_BothVersions_Works(string version)
    {
        var manifest = Good();
        manifest["manifestVersion"] = version;

        var read = Read(manifest).Value!;

        read.Version.Should().Be(int.Parse(version, System.Globalization.CultureInfo.InvariantCulture));
        read.UpdateId.ToString().Should().Be("Contoso/Mcu/2.0");
        read.Compatibility.Should().ContainSingle().Which.Should().Equal(
            new Dictionary<string, string> { ["manufacturer"] = "Contoso", ["model"] = "MCU-A" });
        read.Steps.Should().ContainSingle().Which.Files.Should().Equal(Deployments.FileId);
        read.Files[Deployments.FileId].Should().Match<ManifestFile>(f => f.Name == "mcu.bin" && f.Size == 10_000 && f.Digest == Image.Digest);
    }

    [Fact]
    public void Read_WhatRealOnesDoDifferently_IsTolerated()
    {
        var manifest = Good();
        var file = manifest["files"]![Deployments.FileId]!.AsObject();
        file.Remove("fileName");
        file["filename"] = "mcu.bin";
        file["downloadHandler"] = new JsonObject { ["id"] = "microsoft/delta:1" };
        file["relatedFiles"] = new JsonObject { ["f1"] = Deployments.File("a.diff", [1]) };
        manifest["somethingNew"] = new JsonArray(1, 2);
        manifest["instructions"]!["steps"]![0]!["type"] = "inline";
        manifest["instructions"]!["steps"]![0]!["handlerProperties"] = new JsonObject { ["installedCriteria"] = "2.0-rc1", ["x"] = 1 };

        var asObject = Read(manifest).Value!;
        file["relatedFiles"] = new JsonArray(Deployments.File("a.diff", [1]));
        var asList = Read(manifest).Value!;

        asObject.Files[Deployments.FileId].Should().Match<ManifestFile>(f => f.Name == "mcu.bin" && f.DownloadHandler == "microsoft/delta:1");
        asObject.Files[Deployments.FileId].RelatedFiles.Should().ContainSingle().Which.Name.Should().Be("a.diff");
        asList.Files[Deployments.FileId].RelatedFiles.Should().ContainSingle().Which.Name.Should().Be("a.diff");
        asObject.Steps[0].InstalledCriteria.Should().Be("2.0-rc1");
    }

    [Theory]
    [InlineData("updateId", null, "updateManifest.updateId is missing; expected an object")]
    [InlineData("updateId.provider", "\"a b\"", "updateManifest.updateId.provider is \"a b\"; expected 1 to 64 letters")]
    [InlineData("updateId.version", "\"2\"", "updateManifest.updateId.version is \"2\"; expected 2 to 4 numbers")]
    [InlineData("updateId.version", "2.0", "updateManifest.updateId.version is 2.0; expected a text")]
    [InlineData("compatibility", "[]", "updateManifest.compatibility is []; expected a list of 1 to 10")]
    [InlineData("compatibility", "[{}]", "updateManifest.compatibility[0] is {}; expected 1 to 5 names")]
    [InlineData("compatibility", "[{\"model\":7}]", "updateManifest.compatibility[0].model is 7; expected a text")]
    [InlineData("instructions", "{}", "updateManifest.instructions.steps is missing")]
    [InlineData("instructions.steps", "[{\"handler\":\"a/b:1\",\"files\":[\"nope\"]}]", "updateManifest.instructions.steps[0].files[0] is \"nope\"; expected the id of a file")]
    [InlineData("instructions.steps", "[{\"files\":[]}]", "updateManifest.instructions.steps[0].handler is missing")]
    [InlineData("instructions.steps", "[{\"type\":\"magic\"}]", "updateManifest.instructions.steps[0].type is \"magic\"")]
    [InlineData("instructions.steps", "[{\"type\":\"reference\"}]", "updateManifest.instructions.steps[0].detachedManifestFileId is missing")]
    [InlineData("files", "{}", "updateManifest.files is 0 files; expected 1 to 20")]
    [InlineData("files.f483750ebb885d32c.sizeInBytes", "0", "sizeInBytes is 0; expected a whole number from 1 to 2147483648")]
    [InlineData("files.f483750ebb885d32c.sizeInBytes", "7.5", "sizeInBytes is 7.5")]
    [InlineData("files.f483750ebb885d32c.hashes", "{}", "hashes.sha256 is missing")]
    [InlineData("files.f483750ebb885d32c.hashes.sha256", "\"AAAA\"", "hashes.sha256 is \"AAAA\"; expected the base64 text of 32 bytes")]
    [InlineData("files.f483750ebb885d32c.fileName", "null", "fileName is missing")]
    [InlineData("files.f483750ebb885d32c.relatedFiles", "7", "relatedFiles is 7; expected an object")]
    [InlineData("detachedManifestFileId", "\"nope\"", "updateManifest.detachedManifestFileId is \"nope\"; expected the id of a file")]
    public void Read_FieldWrong_NamesPathValueAndExpectation(string field, string? json, string error)
    {
        var manifest = Good();
        Set(manifest, field.Split('.'), json);

        var reading = Read(manifest);

        reading.Value.Should().BeNull();
        reading.ErrorText.Should().Contain(error);
        reading.IsUnsupported.Should().BeFalse();
    }

    [Fact]
    public void Read_SeveralMistakes_NamesAll()
    {
        var manifest = Good();
        Set(manifest, ["updateId", "name"], null);
        Set(manifest, ["compatibility"], "7");
        Set(manifest, ["files", Deployments.FileId, "sizeInBytes"], "-1");

        Read(manifest).Errors.Select(e => e.Path).Should().Contain(
            ["updateManifest.updateId.name", "updateManifest.compatibility", $"updateManifest.files.{Deployments.FileId}.sizeInBytes"]);
    }

    [Theory]
    [InlineData("\"6\"")]
    [InlineData("\"4.0\"")]
    public void Read_OtherVersion_IsUnsupported(string version)
    {
        var manifest = Good();
        Set(manifest, ["manifestVersion"], version);

        var reading = Read(manifest);

        reading.IsUnsupported.Should().BeTrue();
        reading.ErrorText.Should().Contain($"updateManifest.manifestVersion is {version}; expected \"4\" or \"5\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"manifestVersion\":\"5\",\"manifestVersion\":\"4\"}")]
    [InlineData("{\"manifestVersion\":\"\\ud800\"}")]
    [InlineData("{\"manifestVersion\":\"5\",\"compatibility\":[{\"\\ud800\":\"x\"}]}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("\ud800")]
    public void Read_NoManifestAtAll_IsAnError(string text) => ManifestReader.Read(text).Errors.Should().NotBeEmpty();

    [Fact]
    public void Read_AnyDamage_NeverThrows()
    {
        var random = new Random(Seed.Take(output));
        var good = Good().ToJsonString();
        for (var i = 0; i < 3000; i++)
        {
            var text = good.ToCharArray();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                text[random.Next(text.Length)] = Damage[random.Next(Damage.Length)];
            }

            var reading = ManifestReader.Read(new string(text));
            (reading.Value is null).Should().Be(reading.Errors.Count > 0);
        }
    }

    [Fact]
    public void Read_MiniManifest_NeedsNoSteps()
    {
        var mini = new JsonObject
        {
            ["manifestVersion"] = "5",
            ["updateId"] = Good()["updateId"]!.DeepClone(),
            ["detachedManifestFileId"] = "fd",
            ["files"] = new JsonObject { ["fd"] = Deployments.File("m.json", [1, 2]) },
        };

        Read(mini).Value!.DetachedManifestFileId.Should().Be("fd");
    }

    [Fact]
    public void Unwrap_DetachedManifestFile_GivesItsText()
    {
        ManifestReader.Unwrap("{\"updateManifest\":\"abc\"}"u8.ToArray(), "p").Value.Should().Be("abc");
        ManifestReader.Unwrap("{\"updateManifest\":{}}"u8.ToArray(), "p").ErrorText.Should().Contain("p.updateManifest is {}");
        ManifestReader.Unwrap(new byte[] { 0xFF, 0xFE }, "p").ErrorText.Should().Contain("p is unreadable");
    }

    private static JsonObject Good() => Deployments.Manifest(Image);

    private static Reading<UpdateManifest> Read(JsonObject manifest) => ManifestReader.Read(manifest.ToJsonString());

    private static void Set(JsonObject root, string[] path, string? json)
    {
        var parent = path[..^1].Aggregate((JsonNode)root, (node, name) => node[name]!).AsObject();
        if (json is null)
        {
            parent.Remove(path[^1]);
        }
        else
        {
            parent[path[^1]] = JsonNode.Parse(json);
        }
    }}
