using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove;

/// <summary>Saves connectors, wherever they come from: checked, with one form of address, secrets sealed.</summary>
public sealed class ConnectorSaving(ConnectorStore store, SecretBox box, OptimoveOptions options, TimeProvider time)
{
    /// <summary>How long a replaced key in a listener's address is good.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>What is wrong with a connector; empty when it can be saved.</summary>
    public IReadOnlyList<string> Faults(OptimoveFile file, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(client);
        var faults = ConnectorCheck.Faults(file.Connector, client, options.AllowInside).ToList();
        faults.AddRange(CredentialFaults(file, store.Find(client.Id)));
        foreach (var key in new[] { file.ApiKey, file.AttributeApiKey, file.EngagementToken })
        {
            if (key is { Length: < 8 or > 4096 } || (key is not null && key.Any(c => c is <= ' ' or > '~'))) faults.Add("a key is shorter than 8 characters, or has blanks or letters in it that no header can carry.");
        }

        return faults;
    }

    /// <summary>Saves a connector without faults; the running service registers it by itself.</summary>
    public Task<(int Version, bool Changed)> SaveAsync(OptimoveFile file, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(client);
        var definition = file.Connector with { BaseUrl = BaseAddress.TryNormalise(file.Connector.BaseUrl, options.AllowInside)! };
        var current = store.Find(client.Id);
        var appKey = AppKey.Create();
        return store.SaveAsync(
            client.Id, definition,
            new ConnectorSecrets(Changed(file.ApiKey, current?.ApiKey), Changed(file.AttributeApiKey, current?.AttributeApiKey), Changed(file.EngagementToken, current?.EngagementToken),
                Changed(file.Password, current?.Password)),
            (box.Seal(appKey), AppKey.HashOf(appKey)));
    }

    /// <summary>A new key for listener addresses.</summary>
    public Task RotateAsync(long clientId)
    {
        var appKey = AppKey.Create();
        return store.RotateAsync(clientId, box.Seal(appKey), AppKey.HashOf(appKey), Instants.ToMicroseconds(time.GetUtcNow() + Overlap));
    }

    private static IEnumerable<string> CredentialFaults(OptimoveFile file, ConnectorRow? stored)
    {
        if (file.Connector.UserName is null)
        {
            if (file.Password is not null) yield return "password is given without userName; a password belongs to a user, a key goes into apiKey.";
            if (file.ApiKey is null && stored is not { ApiKey: not null }) yield return "apiKey is missing; a connector needs the key of Optimove's API.";
            yield break;
        }

        if (file.ApiKey is not null) yield return "apiKey and userName are both given; give the key alone where Optimove has given you one.";
        if (file.Password is null && stored is not { Password: not null }) yield return "password is missing; a connector with userName logs in with it.";
        if (file.Password is { Length: 0 or > 4096 } || (file.Password is not null && file.Password.Any(char.IsControl))) yield return "password is empty, longer than 4096 characters, or has control characters in it.";
    }

    /// <summary>Sealing the same secret twice gives two texts: what has not changed is not stored again, or each saving would be a new version.</summary>
    private byte[]? Changed(string? secret, byte[]? stored) => secret is null || (stored is not null && TryUnseal(stored) == secret) ? null : box.Seal(secret);

    private string? TryUnseal(byte[] stored)
    {
        try
        {
            return box.Unseal(stored);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
