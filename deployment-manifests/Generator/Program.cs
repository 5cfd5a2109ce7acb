using System.CommandLine;
using EdgeGateway.Manifests;

var env = new Option<FileInfo>("--env") { Description = "File of the variables.", HelpName = "FILE" };
var output = new Option<DirectoryInfo>("--output") { Description = "Folder to write to.", HelpName = "FOLDER" };
var command = new RootCommand("""
    Makes IoT Edge deployment manifests from deployment-manifests/*.template.json, one for each platform of the module's images.
    Without arguments it makes the examples in deployment-manifests/config from .env.example.
    """) { env, output };

command.SetAction(result =>
{
    try
    {
        var root = Repository.Find();
        var templates = Path.Combine(root, "deployment-manifests");
        var variables = EnvFile.Read(result.GetValue(env)?.FullName ?? Path.Combine(templates, ".env.example"));
        var folder = result.GetValue(output)?.FullName ?? Path.Combine(templates, "config");
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in new ManifestGenerator(Path.Combine(root, "modules"), variables).Generate(templates))
        {
            File.WriteAllText(Path.Combine(folder, name), text);
            Console.WriteLine(Path.Combine(folder, name));
        }

        return 0;
    }
    catch (Exception e) when (e is GenerateException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"generate.sh: {e.Message}");
        return 1;
    }
});

return command.Parse(args).Invoke();
