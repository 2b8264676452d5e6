namespace ClosedLoop.Responses.UserAgents;

internal static partial class PlatformParser
{
    private static readonly string[] Distributions =
    [
        "Ubuntu", "Kubuntu", "Linux Mint", "Fedora", "Red Hat", "CentOS", "Debian", "openSUSE", "SUSE", "Mandriva", "Gentoo", "Slackware", "Arch Linux", "PCLinuxOS",
        "Mageia", "Puppy", "VectorLinux", "Raspbian", "Lubuntu", "BackTrack", "Sailfish", "WeTab", "Kindle",
    ];

    private static readonly (string Token, string Family)[] Others =
    [
        ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"), ("NetBSD", "NetBSD"), ("DragonFly", "DragonFly BSD"), ("BSD", "BSD"), ("SunOS", "Solaris"), ("Solaris", "Solaris"),
        ("SerenityOS", "SerenityOS"), ("Fuchsia", "Fuchsia"), ("Haiku", "Haiku"), ("BeOS", "BeOS"), ("OS/2", "OS/2"), ("AmigaOS", "AmigaOS"), ("AIX", "AIX"), ("HP-UX", "HP-UX"), ("IRIX", "IRIX"),
    ];

    private static Product? Unix(AgentText agent)
    {
        // "CrOS x86_64 4319.74.0": the processor stands between name and version.
        if (agent.Has("CrOS "))
            return new Product("Chrome OS", After(agent, "CrOS ", skipWord: true) ?? "");
        // Clients of the remote desktop on Chromebooks call the system Windows and give the number of Chrome OS.
        if (agent.Has("CitrixChromeApp"))
            return new Product("Chrome OS", After(agent, "(X11; Windows ", skipWord: true) ?? "");
        if (agent.ProductAfter("FreeBSD", "FreeBSD") is { } freeBsd)
            return freeBsd;
        foreach (var (token, family) in Others)
        {
            if (agent.HasWord(token))
                return family == "Solaris" ? new Product(family) : agent.ProductAfter(token, family) ?? new Product(family);
        }
        foreach (var distribution in Distributions)
        {
            if (agent.HasWord(distribution))
                return Distribution(agent, distribution);
        }
        if (agent.HasIgnoreCase("-redhat-linux"))
            return new Product("Red Hat");
        if (agent.VersionAfter("Linux") is { } kernel && !kernel.StartsWith("1.", StringComparison.Ordinal))
            return new Product(agent.Has("-gentoo") ? "Gentoo" : "Linux", kernel);
        return agent.HasIgnoreCase("linux") || agent.Has("X11") ? new Product("Linux") : null;
    }

    // Most write "Name/version"; some put the package's version there and the release in a package suffix (1.fc12, mdv2008.1).
    private static Product Distribution(AgentText agent, string name)
    {
        var release = name switch
        {
            "Fedora" => agent.VersionAfter(".fc"),
            "Mandriva" => After(agent, "mdv"),
            "Red Hat" or "CentOS" => agent.VersionAfter(".el"),
            _ => null,
        };

        // "(Debian-0.9.2+git)" is the revision of a package.
        if (release is null && !agent.Has(name + "-"))
            release = agent.VersionAfter(name);
        return release is { } version ? new Product(name, version) : new Product(name);
    }

    private static string? After(AgentText agent, string part, bool skipWord = false)
    {
        var at = agent.Text.IndexOf(part, StringComparison.Ordinal);
        if (at >= 0)
            at += part.Length;
        if (at >= 0 && skipWord)
            at = agent.Text.IndexOf(' ', at);
        return at < 0 ? null : agent.VersionAt(at);
    }
}
