using ClosedLoop.Liquid.Conditions;
using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>case</c>: every <c>when</c> that matches is rendered, and each <c>else</c> before which none did.</summary>
internal sealed class CaseNode(Expression subject, CaseBranch[] branches, bool isBlank) : Node
{
    public override bool IsBlank => isBlank;

    public override IEnumerable<Node> Children => branches.Select(b => b.Body);

    public bool HasElse => Array.Exists(branches, b => b.Value is null);

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        var matched = false;
        var value = subject.Evaluate(context);
        foreach (var branch in branches)
        {
            if (branch.Value is null ? matched : !Comparer.AreEqual(value, branch.Value.Evaluate(context)))
            {
                continue;
            }

            matched |= branch.Value is not null;
            var completion = branch.Body.Render(context, ref output);
            if (completion != Completion.Normal)
            {
                return completion;
            }
        }

        return Completion.Normal;
    }

    public override Node Bind(BindContext context)
    {
        var boundSubject = subject.Bind(context);
        var bound = Array.ConvertAll(branches, b => new CaseBranch(b.Value?.Bind(context), b.Body.Bind(context)));
        if (boundSubject is not ConstantExpression constant || !Array.TrueForAll(bound, b => b.Value is null or ConstantExpression))
        {
            return new CaseNode(boundSubject, bound, isBlank);
        }

        var chosen = new List<Node>();
        var matched = false;
        foreach (var branch in bound)
        {
            if (branch.Value is null ? !matched : Comparer.AreEqual(constant.Value, ((ConstantExpression)branch.Value).Value))
            {
                matched |= branch.Value is not null;
                chosen.Add(branch.Body);
            }
        }

        return BlockNode.Create(chosen, default(BlockCost));
    }
}
