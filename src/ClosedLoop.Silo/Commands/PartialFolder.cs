using ClosedLoop.Liquid;

namespace ClosedLoop.Silo.Commands;

/// <summary>Partials as files of one folder; a name that leads out of it is not found.</summary>
internal sealed class PartialFolder : ILiquidPartialLoader
{
    private readonly string _folder;

    /// <exception cref="CommandException">The folder does not exist.</exception>
    public PartialFolder(string folder)
    {
        if (!Directory.Exists(folder)) throw new CommandException(ExitCode.NotFound, $"CL2006: {folder} does not exist.");
        _folder = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
    }

    public string? Load(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal)) return null;
        foreach (var candidate in new[] { name, name + ".liquid" })
        {
            var path = Path.GetFullPath(Path.Combine(_folder, candidate));
            if (path.StartsWith(_folder, StringComparison.Ordinal) && File.Exists(path)) return File.ReadAllText(path);
        }

        return null;
    }
}
