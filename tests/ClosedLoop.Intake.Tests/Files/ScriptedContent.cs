using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>Other servers, stood in for: what the mailing declares is there, unless it is not.</summary>
internal sealed class ScriptedContent : IReferencedContent, IContentRun
{
    public ContentException? Fault { get; set; }

    public int Runs { get; private set; }

    public int Asked { get; private set; }

    public string Body { get; set; } = "<p>Offer</p>";

    public IContentRun StartRun()
    {
        Runs++;
        return this;
    }

    public Task<IReadOnlyDictionary<string, FrozenContent>> FetchAsync(SourceMailing source, ContentSettings settings, CancellationToken cancellation = default)
    {
        Asked++;
        if (Fault is not null) return Task.FromException<IReadOnlyDictionary<string, FrozenContent>>(Fault);
        return Task.FromResult<IReadOnlyDictionary<string, FrozenContent>>(
            source.Content.ToDictionary(entry => entry.Key, entry => new FrozenContent { Url = entry.Value.Url, Sha256 = "00", Html = Body, Text = "Offer" }, StringComparer.Ordinal));
    }

    public Task<IReadOnlyDictionary<int, FetchedFile>> FetchFilesAsync(SourceMailing source, ContentSettings settings, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyDictionary<int, FetchedFile>>(new Dictionary<int, FetchedFile>());

    public void Dispose()
    {
    }
}
