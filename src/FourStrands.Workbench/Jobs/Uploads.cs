namespace FourStrands.Workbench.Jobs;

/// <summary>Where uploaded files wait until they have been read. What a crash left behind is removed at start.</summary>
internal sealed class Uploads
{
    private readonly string folder;

    public Uploads(WorkbenchOptions options)
    {
        folder = options.UploadsFolder ?? Path.Combine(Path.GetTempPath(), $"fourstrands-uploads-{Environment.ProcessId}");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Keeps uploads as files: all of them or, if something goes wrong, none.</summary>
    public async Task<IReadOnlyList<UploadedFile>> Keep(IEnumerable<IFormFile> files, CancellationToken cancellation)
    {
        List<UploadedFile> kept = [];
        try
        {
            foreach (var file in files)
                kept.Add(await Keep(file, cancellation));
            return kept;
        }
        catch
        {
            kept.ForEach(k => k.Dispose());
            throw;
        }
    }

    /// <summary>Keeps an upload as a file that goes when the returned object is disposed.</summary>
    public async Task<UploadedFile> Keep(IFormFile file, CancellationToken cancellation)
    {
        var kept = new UploadedFile(Path.Combine(folder, Path.GetRandomFileName()), NameOf(file));
        try
        {
            await using var stream = File.Create(kept.Path);
            await file.CopyToAsync(stream, cancellation);
            return kept;
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    /// <summary>The name alone, whatever path the browser sent, without characters that only deceive.</summary>
    public static string NameOf(IFormFile file)
    {
        string name = file.FileName[(file.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = new string([.. name.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)]);
        return name.Length switch
        {
            0 => "upload",
            > 120 => name[^120..],
            _ => name,
        };
    }
}

/// <summary>A file that was uploaded.</summary>
internal sealed record UploadedFile(string Path, string Name) : IDisposable
{
    public void Dispose() => File.Delete(Path);
}
