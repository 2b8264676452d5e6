using ClosedLoop.Mail;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Reads the signing keys that the settings name.</summary>
internal static class DkimKeyFiles
{
    /// <summary>One signer a domain, with all its keys.</summary>
    public static IReadOnlyDictionary<string, DkimSigner> Signers(IReadOnlyList<DkimKeySettings> settings) => settings
        .Select(Read)
        .GroupBy(key => key.Domain, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(keys => keys.Key, keys => new DkimSigner(keys), StringComparer.OrdinalIgnoreCase);

    /// <summary>What keeps an entry from being used; null when it is in order.</summary>
    public static string? Fault(DkimKeySettings settings)
    {
        if (settings.Domain.Length == 0 || settings.Selector.Length == 0 || settings.KeyFile.Length == 0) return "lacks Domain, Selector or KeyFile; all three are needed.";
        try
        {
            using var key = Read(settings);
            return settings.Algorithm is { } wanted && wanted != key.Algorithm ? $"wants {wanted}, but the key in '{settings.KeyFile}' is for {key.Algorithm}." : null;
        }
        catch (Exception e) when (e is MailFormatException or IOException or UnauthorizedAccessException)
        {
            return $"cannot be used: {e.Message}.";
        }
    }

    private static DkimKey Read(DkimKeySettings settings) => DkimKey.FromPem(settings.Domain, settings.Selector, File.ReadAllText(settings.KeyFile));
}
