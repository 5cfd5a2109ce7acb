namespace EdgeGateway.Simulators.Origin.Serving;

/// <summary>Stores uploads in the folder that is served. A file appears there as a whole.</summary>
internal sealed class UploadFolder(string root)
{
    /// <summary>Stores the body as the file of that name.</summary>
    public async Task<IResult> PutAsync(HttpRequest request, string name)
    {
        // a leading dot is what the file server does not show
        if (name != Path.GetFileName(name) || name.StartsWith('.'))
        {
            return Results.Text($"'{name}' is no name of a file; expected one without folders that does not begin with a dot", statusCode: StatusCodes.Status400BadRequest);
        }

        var path = Path.Combine(root, name);
        var part = Path.Combine(root, $".{Guid.NewGuid():N}");
        try
        {
            await using (var file = File.Create(part))
            {
                await request.Body.CopyToAsync(file, request.HttpContext.RequestAborted);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        return Results.Created($"/{Uri.EscapeDataString(name)}", null);
    }
}
