namespace ClosedLoop.Mail.Tests.Support;

/// <summary>A test that runs a Postfix of its own; skipped, with what is missing, where that cannot be.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsPostfixFactAttribute : FactAttribute
{
    public NeedsPostfixFactAttribute(params string[] modules)
    {
        if (NeedsFactAttribute.Find("postfix") is null || NeedsFactAttribute.Find("saslpasswd2") is null)
            Skip = "postfix with SASL users is not installed: apt-get install postfix sasl2-bin";
        else if (new NeedsPythonFactAttribute(modules).Skip is { } missing)
            Skip = missing;
        else if (Environment.UserName != "root")
            Skip = "Postfix's master starts as root only";
    }
}
