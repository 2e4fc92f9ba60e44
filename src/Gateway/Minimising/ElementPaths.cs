// Dotted element paths as a tree.
namespace Sisote.Gateway.Minimising;

/// <summary>A set of element paths below a resource (<c>activity.detail.status</c>); a node is <see cref="Named"/> where a path ends.</summary>
internal sealed class ElementPaths
{
    private readonly Dictionary<string, ElementPaths> children = new(StringComparer.Ordinal);
    private bool unlimited;
    private int longest;

    internal bool Named { get; private set; }

    /// <summary>The longest text that some naming of this path allows; null = no limit.</summary>
    internal int? MaximumLength => unlimited ? null : longest;

    internal bool IsEmpty => children.Count == 0 && !Named;

    internal bool HasChildren => children.Count > 0;

    internal void Add(string path, int? maximumLength = null)
    {
        var node = this;
        foreach (var part in path.Split('.'))
        {
            if (!node.children.TryGetValue(part, out var child))
            {
                node.children[part] = child = new ElementPaths();
            }

            node = child;
        }

        node.unlimited |= maximumLength is null;
        node.longest = Math.Max(node.longest, maximumLength ?? 0);
        node.Named = true;
    }

    internal ElementPaths? Below(string name) => children.GetValueOrDefault(name);

    /// <summary>Whether the path itself or one above it is named.</summary>
    internal bool Covers(string path)
    {
        var node = this;
        foreach (var part in path.Split('.'))
        {
            if (node.children.GetValueOrDefault(part) is not { } child)
            {
                return false;
            }

            if (child.Named)
            {
                return true;
            }

            node = child;
        }

        return false;
    }
}
