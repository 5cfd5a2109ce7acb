namespace EdgeGateway.Benchmarks;

/// <summary>The file that every contender sends.</summary>
internal static class BenchImage
{
    private const string RealImage = "micropython-pybv11-v1.10.bin";
    private const int GeneratedSize = 320 * 1024;
    private const int GeneratedSeed = 42;

    /// <summary>Path of the image asked for, of a real firmware image beside the checkout, or of a generated one.</summary>
    /// <exception cref="FileNotFoundException">The file asked for does not exist.</exception>
    public static string Find(string? asked, string folder)
    {
        if (asked is not null)
        {
            return File.Exists(asked) ? Path.GetFullPath(asked) : throw new FileNotFoundException($"There is no image {asked}.", asked);
        }

        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var real = Path.Combine(parent.FullName, "shared", "firmware", RealImage);
            if (File.Exists(real))
            {
                return real;
            }
        }

        var bytes = new byte[GeneratedSize];
        new Random(GeneratedSeed).NextBytes(bytes);
        var path = Path.Combine(folder, "generated.bin");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
