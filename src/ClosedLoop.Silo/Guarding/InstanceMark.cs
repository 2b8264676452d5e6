using System.Text.Json;
using ClosedLoop.Data.Files;

namespace ClosedLoop.Silo.Guarding;

/// <summary>What the data folder says of the database it belongs to.</summary>
/// <param name="Instance">Mark of the installation.</param>
/// <param name="Beat">Newest sign of life that was durable in the database when this was written.</param>
/// <param name="AliveAt">When that was.</param>
internal sealed record InstanceMark(string Instance, long Beat, DateTimeOffset AliveAt)
{
    /// <returns><c>null</c> when the folder has no mark.</returns>
    /// <exception cref="InvalidDataException">The file is not what this program writes.</exception>
    public static InstanceMark? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<InstanceMark>(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"CL3220: the mark of the data folder, {path}, cannot be read: {e.Message}", e);
        }
    }

    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this));
}
