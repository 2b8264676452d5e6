namespace ClosedLoop.Responses.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("closedloop-responses-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
