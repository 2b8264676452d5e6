using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Operations;

/// <summary>The files in <c>keys/</c>.</summary>
internal sealed class KeyRing(SiloSettings settings, Model.Tokens.SigningKeys signing) : IKeyRing
{
    private static readonly (string Name, string Use)[] Others =
    [
        ("proof.key", "signs proofs of delivery; kept, since proofs that were given away are checked against it"),
        ("erasure.key", "remembers erased people; without it that list is good for nothing"),
        ("optimove.key", "seals secrets of connectors in the database"),
    ];

    public IReadOnlyList<KeyLine> All()
    {
        var lines = new List<KeyLine>();
        foreach (var (number, path) in SigningKeyFile.Files(settings.KeysPath))
        {
            var state = number == signing.Current.Id ? "signs" : number > signing.Current.Id ? "signs from the next start on" : "links of earlier mail stay good";
            lines.Add(new KeyLine(Path.GetFileName(path), "signs links for opens, clicks and unsubscribing", state, MadeAt(path)));
        }

        foreach (var (name, use) in Others)
        {
            var path = Path.Combine(settings.KeysPath, name);
            if (File.Exists(path)) lines.Add(new KeyLine(name, use, "in use", MadeAt(path)));
        }

        return lines;
    }

    public (bool Done, string Text) RotateLinks()
    {
        if (SigningKeyFile.Files(settings.KeysPath).Any(file => file.Number > signing.Current.Id)) return (false, "there is a key already that signs from the next start on; start the service anew first");
        return SigningKeyFile.Add(settings.KeysPath) is { } name
            ? (true, $"{name} was made. It signs from the next start on; where several hosts share links, copy it to keys/ of each of them before")
            : (false, "255 keys were made; the oldest has to be taken away first, with the links it signed");
    }

    private static DateTimeOffset MadeAt(string path) => new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
}
