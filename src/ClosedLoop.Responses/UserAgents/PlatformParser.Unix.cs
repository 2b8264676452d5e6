namespace ClosedLoop.Responses.UserAgents;

internal static partial class PlatformParser
{
    private static readonly string[] Distributions =
    [
        "Ubuntu", "Kubuntu", "Linux Mint", "Fedora", "Red Hat", "CentOS", "Debian", "openSUSE", "SUSE", "Mandriva", "Gentoo", "Slackware", "Arch Linux", "PCLinuxOS",
        "Mageia", "Puppy", "VectorLinux", "Raspbian", "Lubuntu", "BackTrack", "Sailfish", "Kindle",
    ];

    private static readonly (string Token, string Family)[] Others =
    [
        ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"), ("NetBSD", "NetBSD"), ("DragonFly", "DragonFly BSD"), ("SunOS", "Solaris"), ("Solaris", "Solaris"),
        ("SerenityOS", "SerenityOS"), ("Fuchsia", "Fuchsia"), ("Haiku", "Haiku"), ("BeOS", "BeOS"), ("OS/2", "OS/2"), ("AmigaOS", "AmigaOS"), ("AIX", "AIX"), ("HP-UX", "HP-UX"), ("IRIX", "IRIX"),
    ];

    private static Product? Unix(AgentText agent)
    {
        // "CrOS x86_64 4319.74.0": the processor stands between name and version.
        if (agent.Text.IndexOf("CrOS ", StringComparison.Ordinal) is var chromeOs and >= 0)
        {
            var version = agent.Text.IndexOf(' ', chromeOs + 5);
            return version > 0 && agent.VersionAt(version) is { } number ? new Product("Chrome OS", number) : new Product("Chrome OS");
        }
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
        if (agent.ProductAfter("Linux", "Linux") is { } linux)
            return linux;
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
        return (release ?? agent.VersionAfter(name)) is { } version ? new Product(name, version) : new Product(name);
    }

    private static string? After(AgentText agent, string part) =>
        agent.Text.IndexOf(part, StringComparison.Ordinal) is var at and >= 0 ? agent.VersionAt(at + part.Length) : null;
}
